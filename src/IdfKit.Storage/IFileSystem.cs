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

    /// <inheritdoc cref="IAsyncFileSystem.Identity"/>
    string? Identity => null;

    /// <inheritdoc cref="IAsyncFileSystem.ReadBytesAsync"/>
    byte[] ReadBytes(string path, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAsyncFileSystem.WriteBytesAsync"/>
    void WriteBytes(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAsyncFileSystem.ReadTextAsync"/>
    string ReadText(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        StorageText.Decode(OperationName.Under(nameof(ReadText), () => ReadBytes(path, cancellationToken)), encoding);

    /// <inheritdoc cref="IAsyncFileSystem.WriteTextAsync"/>
    void WriteText(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        OperationName.Under(nameof(WriteText), () => WriteBytes(path, StorageText.Encode(text, encoding), cancellationToken));

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
        new(path, OperationName.Under(nameof(Stat), () => ReadBytes(path, cancellationToken)).LongLength, null, null);

    /// <inheritdoc cref="IAsyncFileSystem.ListAsync"/>
    IEnumerable<FileEntry> List(string path, CancellationToken cancellationToken = default)
    {
        StoragePath.CheckFolder(path, nameof(List));
        return Entries(this, path, cancellationToken);

        static IEnumerable<FileEntry> Entries(IFileSystem files, string path, CancellationToken cancellationToken)
        {
            foreach (var found in OperationName.Under(nameof(List), files.Glob(path, "**", cancellationToken)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (files.StatOrNull(found, nameof(List), cancellationToken) is { } entry) yield return entry;
            }
        }
    }

    /// <inheritdoc cref="IAsyncFileSystem.OpenReadAsync"/>
    Stream OpenRead(string path, CancellationToken cancellationToken = default) =>
        new BytesStream(OperationName.Under(nameof(OpenRead), () => ReadBytes(path, cancellationToken)));

    /// <inheritdoc cref="IAsyncFileSystem.ReadRangeAsync"/>
    int ReadRange(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var content = OperationName.Under(nameof(ReadRange), () => ReadBytes(path, cancellationToken));
        return StorageText.Slice(content, offset, destination.Span);
    }

    /// <inheritdoc cref="IAsyncFileSystem.WriteAsync"/>
    FileEntry Write(string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(Write));
        ArgumentNullException.ThrowIfNull(content);
        options?.Validate(nameof(Write), path, Capabilities & ~WriteOptions.NeedOwnWrite);
        cancellationToken.ThrowIfCancellationRequested();
        using var buffer = ContentBuffer.Fill(content, null, cancellationToken);
        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        OperationName.Under(nameof(Write), () => WriteBytes(path, bytes, cancellationToken));
        return new FileEntry(path, bytes.Length, null, null);
    }

    /// <inheritdoc cref="IAsyncFileSystem.UploadAsync"/>
    FileEntry Upload(
        string localPath, string path,
        WriteOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(Upload));
        options?.Validate(nameof(Upload), path, Capabilities);
        cancellationToken.ThrowIfCancellationRequested();
        using var local = LocalSource.Open(localPath, path);
        var entry = OperationName.Under(nameof(Upload), () => Write(path, local, options, cancellationToken));
        progress?.Report(entry.SizeBytes);
        return entry;
    }

    /// <inheritdoc cref="IAsyncFileSystem.DownloadAsync"/>
    FileEntry Download(string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        Required.Text(localPath, "the local path");
        var entry = OperationName.Under(nameof(Download), () => Stat(path, cancellationToken));
        using var content = OperationName.Under(nameof(Download), () => OpenRead(path, cancellationToken));
        using var file = ReplacingFile.Beside(localPath, nameof(Download), path);
        var bytes = OperationName.Under(nameof(Download), () => file.Fill(content, progress, cancellationToken));
        file.Commit();
        return entry with { SizeBytes = bytes };
    }

    /// <inheritdoc cref="IAsyncFileSystem.RemoveAsync(string, string, CancellationToken)"/>
    void Remove(string path, string ifMatch, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This file system has no conditional remove: see its Capabilities.");

    /// <inheritdoc cref="IAsyncFileSystem.OpenWriteAsync"/>
    StorageWriteStream OpenWrite(string path, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(OpenWrite));
        options?.Validate(nameof(OpenWrite), path, Capabilities);
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
    void RemoveMany(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
        Removal.Each(paths, nameof(RemoveMany), path => Remove(path, cancellationToken));

    /// <inheritdoc cref="IAsyncFileSystem.RemoveFolderAsync"/>
    long RemoveFolder(string path, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(RemoveFolder));
        var removed = 0L;
        foreach (var some in OperationName.Under(nameof(RemoveFolder), Glob(path, "**", cancellationToken)).Chunk(RemovedAtATime))
        {
            OperationName.Under(nameof(RemoveFolder), () => RemoveMany(some, cancellationToken));
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
            foreach (var found in OperationName.Under(nameof(ListFolder), files.Glob(path, "**", cancellationToken)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (level.Of(found) is { } entry && Entry(files, entry, cancellationToken) is { } listed) yield return listed;
                if (level.IsFull) yield break;
            }
        }

        static FileEntry? Entry(IFileSystem files, (string Path, bool IsFolder) entry, CancellationToken cancellationToken) =>
            entry.IsFolder
                ? FolderLevel.Folder(entry.Path)
                : files.StatOrNull(entry.Path, nameof(ListFolder), cancellationToken);
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
