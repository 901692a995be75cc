using IdfKit.Storage.Listing;
using IdfKit.Storage.Removing;
using IdfKit.Storage.Writing;

namespace IdfKit.Storage;

public sealed partial class MemoryFileSystem
{
    /// <inheritdoc/>
    public void Move(string source, string destination, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(destination, nameof(Move));
        lock (_gate)
        {
            var stored = Get(source, nameof(Move), cancellationToken);
            if (source == destination) return;
            _files[destination] = stored with { ETag = $"{++_writes:x}", Modified = TimeProvider.System.GetUtcNow() };
            _files.Remove(source);
        }
    }

    /// <inheritdoc/>
    public StorageWriteStream OpenWrite(string path, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(OpenWrite));
        options?.Validate(nameof(OpenWrite), path, Capabilities);
        cancellationToken.ThrowIfCancellationRequested();
        return new BufferedWriteStream((content, token) => Take(path, content, options, null, nameof(OpenWrite), token));
    }

    /// <inheritdoc/>
    public void RemoveMany(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        var removed = Removal.Checked(paths, nameof(RemoveMany));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) removed.ForEach(path => _files.Remove(path));
    }

    /// <inheritdoc/>
    public long RemoveFolder(string path, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(RemoveFolder));
        lock (_gate)
        {
            var removed = List(path, cancellationToken).ToList();
            removed.ForEach(entry => _files.Remove(entry.Path));
            return removed.Count;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<FileEntry> ListFolder(string path, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        StoragePath.CheckFolder(path, nameof(ListFolder));
        options?.Check(nameof(ListFolder));
        return Level();

        IEnumerable<FileEntry> Level()
        {
            var level = new FolderLevel(path, options);
            foreach (var file in List(path, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (level.Of(file.Path) is { } entry) yield return entry.IsFolder ? FolderLevel.Folder(entry.Path) : file;
                if (level.IsFull) yield break;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> ReadRanges(
        string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        return StorageText.Slices(Get(path, nameof(ReadRanges), cancellationToken).Content.ToArray(), ranges);
    }
}
