using System.Text;

using IdfKit.Storage.Files;
using IdfKit.Storage.Listing;
using IdfKit.Storage.Removing;
using IdfKit.Storage.Writing;

namespace IdfKit.Storage;

/// <summary>The blocking twin of <see cref="IAsyncFileSystem"/>: the same operations, the same rules.</summary>
public interface IFileSystem : IDisposable
{
    private const int RemovedAtATime = 1_000;

    /// <inheritdoc cref="IAsyncFileSystem.Capabilities"/>
    StorageCapabilities Capabilities => StorageCapabilities.None;

    /// <inheritdoc cref="IAsyncFileSystem.ReadBytesAsync"/>
    byte[] ReadBytes(string path, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAsyncFileSystem.WriteBytesAsync"/>
    void WriteBytes(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAsyncFileSystem.ReadTextAsync"/>
    string ReadText(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        StorageText.Decode(ReadBytes(path, cancellationToken), encoding);

    /// <inheritdoc cref="IAsyncFileSystem.WriteTextAsync"/>
    void WriteText(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        WriteBytes(path, StorageText.Encode(text, encoding), cancellationToken);

    /// <inheritdoc cref="IAsyncFileSystem.ExistsAsync"/>
    bool Exists(string path, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAsyncFileSystem.MakeDirectoriesAsync"/>
    void MakeDirectories(string path, bool existOk = false, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAsyncFileSystem.CopyAsync"/>
    void Copy(string source, string destination, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAsyncFileSystem.GlobAsync"/>
    IEnumerable<string> Glob(string path, string pattern, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAsyncFileSystem.RemoveAsync(string, CancellationToken)"/>
    void Remove(string path, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAsyncFileSystem.StatAsync"/>
    FileEntry Stat(string path, CancellationToken cancellationToken = default) =>
        new(path, ReadBytes(path, cancellationToken).LongLength, null, null);

    /// <inheritdoc cref="IAsyncFileSystem.ListAsync"/>
    IEnumerable<FileEntry> List(string path, CancellationToken cancellationToken = default)
    {
        foreach (var found in Glob(path, "**", cancellationToken)) yield return Stat(found, cancellationToken);
    }

    /// <inheritdoc cref="IAsyncFileSystem.OpenReadAsync"/>
    Stream OpenRead(string path, CancellationToken cancellationToken = default) =>
        new MemoryStream(ReadBytes(path, cancellationToken), writable: false);

    /// <inheritdoc cref="IAsyncFileSystem.ReadRangeAsync"/>
    int ReadRange(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return StorageText.Slice(ReadBytes(path, cancellationToken), offset, destination.Span);
    }

    /// <inheritdoc cref="IAsyncFileSystem.WriteAsync"/>
    FileEntry Write(string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        options?.ThrowIfUnsupported(
            Capabilities & ~(StorageCapabilities.Conditions | StorageCapabilities.Metadata | StorageCapabilities.Tags));
        using var buffer = new MemoryStream();
        content.CopyTo(buffer);
        WriteBytes(path, buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
        return new FileEntry(path, buffer.Length, null, null);
    }

    /// <inheritdoc cref="IAsyncFileSystem.UploadAsync"/>
    FileEntry Upload(
        string localPath, string path,
        WriteOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(Upload));
        using var local = LocalSource.Open(localPath, path);
        var entry = Write(path, local, options, cancellationToken);
        progress?.Report(entry.SizeBytes);
        return entry;
    }

    /// <inheritdoc cref="IAsyncFileSystem.DownloadAsync"/>
    FileEntry Download(string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var entry = Stat(path, cancellationToken);
        using var content = OpenRead(path, cancellationToken);
        using var file = ReplacingFile.Beside(localPath, nameof(Download), path);
        file.Fill(content, progress, cancellationToken);
        file.Commit();
        return entry;
    }

    /// <inheritdoc cref="IAsyncFileSystem.RemoveAsync(string, string, CancellationToken)"/>
    void Remove(string path, string ifMatch, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This file system has no conditional remove: see its Capabilities.");

    /// <inheritdoc cref="IAsyncFileSystem.OpenWriteAsync"/>
    StorageWriteStream OpenWrite(string path, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(OpenWrite));
        options?.ThrowIfUnsupported(Capabilities);
        cancellationToken.ThrowIfCancellationRequested();
        return new BufferedWriteStream((content, token) =>
            OperationName.Under(nameof(OpenWrite), () => Write(path, content, options, token)));
    }

    /// <inheritdoc cref="IAsyncFileSystem.MoveAsync"/>
    void Move(string source, string destination, CancellationToken cancellationToken = default) =>
        OperationName.Under(nameof(Move), () =>
        {
            Copy(source, destination, cancellationToken);
            if (source != destination) Remove(source, cancellationToken);
        });

    /// <inheritdoc cref="IAsyncFileSystem.RemoveManyAsync"/>
    void RemoveMany(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        var removal = new Removal(nameof(RemoveMany));
        foreach (var path in Removal.Checked(paths, nameof(RemoveMany))) removal.Remove(() => Remove(path, cancellationToken));
        removal.ThrowIfAnyFailed();
    }

    /// <inheritdoc cref="IAsyncFileSystem.RemoveFolderAsync"/>
    long RemoveFolder(string path, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(RemoveFolder));
        var removed = 0L;
        foreach (var some in Glob(path, "**", cancellationToken).Chunk(RemovedAtATime))
        {
            RemoveMany(some, cancellationToken);
            removed += some.Length;
        }
        return removed;
    }

    /// <inheritdoc cref="IAsyncFileSystem.ListFolderAsync"/>
    IEnumerable<FileEntry> ListFolder(string path, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        StoragePath.CheckFolder(path, nameof(ListFolder));
        options?.Check(nameof(ListFolder));
        return Level(this, path, options, cancellationToken);

        static IEnumerable<FileEntry> Level(IFileSystem files, string path, ListOptions? options, CancellationToken cancellationToken)
        {
            var level = new FolderLevel(path, options);
            foreach (var found in files.Glob(path, "**", cancellationToken))
            {
                if (level.Of(found) is { } entry)
                    yield return entry.IsFolder ? FolderLevel.Folder(entry.Path) : files.Stat(entry.Path, cancellationToken);
                if (level.IsFull) yield break;
            }
        }
    }

    /// <inheritdoc cref="IAsyncFileSystem.ReadRangesAsync"/>
    IReadOnlyList<ReadOnlyMemory<byte>> ReadRanges(
        string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        StoragePath.Check(path, nameof(ReadRanges));
        return StorageText.Slices(OperationName.Under(nameof(ReadRanges), () => ReadBytes(path, cancellationToken)), ranges);
    }

    /// <inheritdoc cref="IAsyncFileSystem.OpenReadVersionAsync"/>
    Stream OpenReadVersion(string path, string versionId, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This file system keeps no versions: see its Capabilities.");

    /// <inheritdoc cref="IAsyncFileSystem.PresignGetAsync"/>
    Uri PresignGet(string path, TimeSpan validFor, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This file system gives no signed addresses: see its Capabilities.");

    /// <inheritdoc cref="IAsyncFileSystem.PresignPutAsync"/>
    Uri PresignPut(string path, TimeSpan validFor, string? contentType = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This file system gives no signed addresses: see its Capabilities.");

    /// <summary>Lets go of connections. By default there are none.</summary>
    void IDisposable.Dispose() => GC.SuppressFinalize(this);
}
