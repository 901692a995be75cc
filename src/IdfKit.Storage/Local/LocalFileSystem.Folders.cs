using IdfKit.Storage.Files;
using IdfKit.Storage.Listing;
using IdfKit.Storage.Local;
using IdfKit.Storage.Removing;
using IdfKit.Storage.Writing;

namespace IdfKit.Storage;

public sealed partial class LocalFileSystem
{
    /// <summary>What is written goes to a file beside the target.</summary>
    /// <inheritdoc/>
    public StorageWriteStream OpenWrite(string path, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var place = _root.Locate(path, nameof(OpenWrite));
        options?.Validate(nameof(OpenWrite), path, Capabilities);
        cancellationToken.ThrowIfCancellationRequested();
        var file = ReplacingFile.Beside(place, nameof(OpenWrite), path);
        return new FileWriteStream(file, token =>
        {
            token.ThrowIfCancellationRequested();
            return Commit(file, place, path, nameof(OpenWrite), options);
        });
    }

    /// <summary>A rename: no moment at which the file is missing or there twice.</summary>
    /// <inheritdoc/>
    public void Move(string source, string destination, CancellationToken cancellationToken = default)
    {
        var to = _root.Locate(destination, nameof(Move));
        var from = _root.Locate(source, nameof(Move));
        cancellationToken.ThrowIfCancellationRequested();
        Guarded(nameof(Move), source, () => Find(from) ?? throw LocalErrors.NotFound(nameof(Move), source));
        if (source == destination) return;
        Guarded(nameof(Move), destination, () =>
        {
            if (Directory.Exists(to) || FileKinds.Of(to) == FileKind.Special)
                throw new IOException("Something of that name that is no file is in the way.", LocalErrors.Exists);
            var (left, right) = (Path.GetDirectoryName(from)!, Path.GetDirectoryName(to)!);
            Directory.CreateDirectory(right);
            using var locks = FolderLock.AcquireBoth(left, right);
            var moved = Find(from) ?? throw LocalErrors.NotFound(nameof(Move), source);
            var time = After(Find(to));
            if (IsLink(from)) return Replaced(moved.FullName, from, to);
            File.SetLastWriteTimeUtc(from, time.UtcDateTime);
            var replaces = File.Exists(to);
            File.Move(from, to, overwrite: true);
            // Where both are names of one file a rename changes nothing.
            if (replaces) File.Delete(from);
            return to;
        });

        // A link's own text would mean another place there.
        string Replaced(string target, string link, string place)
        {
            using var content = OpenFile(target, source, nameof(Move));
            using var file = ReplacingFile.Beside(place, nameof(Move), destination);
            file.Fill(content, null, cancellationToken);
            file.Commit(After(Find(place)));
            File.Delete(link);
            return place;
        }
    }

    /// <inheritdoc/>
    public void RemoveMany(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
        Removal.Each(paths, nameof(RemoveMany), path => Remove(path, cancellationToken));

    /// <summary>Empty folders in it go too; links are removed, not followed.</summary>
    /// <inheritdoc/>
    public long RemoveFolder(string path, CancellationToken cancellationToken = default)
    {
        var place = _root.Locate(path, nameof(RemoveFolder));
        cancellationToken.ThrowIfCancellationRequested();
        if (IsLink(place) || !Directory.Exists(place)) return 0;
        var files = Walk(place, path, nameof(RemoveFolder), static _ => true, cancellationToken).LongCount();
        Guarded(nameof(RemoveFolder), path, () =>
        {
            try { Directory.Delete(place, recursive: true); }
            catch (DirectoryNotFoundException) { return place; }
            return place;
        });
        return files;
    }

    /// <summary>
    /// Reads that folder alone; empty folders are listed too. With <see cref="ListOptions.Limit"/> the folder is read to its
    /// end, but no more entries are held than twice as many.
    /// </summary>
    /// <inheritdoc/>
    public IEnumerable<FileEntry> ListFolder(string path, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        var place = _root.LocateFolder(path, nameof(ListFolder));
        options?.Check(nameof(ListFolder));
        return Level();

        IEnumerable<FileEntry> Level()
        {
            var level = new FolderLevel(path, options);
            var first = new OrderedChildren(
                options?.Limit, (key, info) => level.Follows(StoragePath.Join(path, key)) && Belongs(key, info));
            foreach (var (key, info) in Children(place, path, nameof(ListFolder), first, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (found, isFolder) = (StoragePath.Join(path, info.Name), key[^1] == '/');
                var file = isFolder ? null : Find(info.FullName);
                if (!isFolder && file is null || !StoragePath.IsValid(found) || !level.Takes(found, isFolder)) continue;
                yield return file is null ? FolderLevel.Folder(found) : Entry(found, file);
                if (level.IsFull) yield break;
            }
        }

        bool Belongs(string key, FileSystemInfo info) =>
            StoragePath.IsValid(StoragePath.Join(path, info.Name)) && (key[^1] == '/' || Find(info.FullName) is not null);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> ReadRanges(
        string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default)
    {
        var place = _root.Locate(path, nameof(ReadRanges));
        ArgumentNullException.ThrowIfNull(ranges);
        return Guarded(nameof(ReadRanges), path, () =>
        {
            using var file = OpenFile(place, path, nameof(ReadRanges));
            if (!file.CanSeek) return StorageText.Slices(file.ReadAll(), ranges);
            var pieces = new ReadOnlyMemory<byte>[ranges.Count];
            for (var i = 0; i < pieces.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var piece = new byte[Math.Min(ranges[i].Count, Math.Max(0, file.Length - ranges[i].Offset))];
                file.Position = Math.Min(ranges[i].Offset, file.Length);
                pieces[i] = piece.AsMemory(0, file.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false));
            }
            return pieces;
        });
    }

    private static bool IsLink(string place) => new FileInfo(place).LinkTarget is not null;
}
