using System.Runtime.CompilerServices;
using System.Text;

using IdfKit.Storage.Files;
using IdfKit.Storage.Listing;
using IdfKit.Storage.Removing;
using IdfKit.Storage.Writing;

namespace IdfKit.Storage;

/// <summary>
/// Files on some storage, by path. Callers: docs/storage-contract.md holds the rules. Implementers: the nine operations without a body are
/// enough; call <see cref="StoragePath.Check"/> first, throw <see cref="StorageException"/>, let cancellation pass, and make each write
/// whole or absent. Calls may come from several threads at once.
/// </summary>
public interface IAsyncFileSystem : IAsyncDisposable
{
    private const int RemovedAtATime = 1_000;

    /// <summary>What works beyond the nine operations.</summary>
    StorageCapabilities Capabilities => StorageCapabilities.None;

    /// <summary>
    /// Names what is stored behind this file system, alike in all processes: two with the same identity hold the same
    /// files, others never share what a <see cref="CachingFileSystem"/> keeps.
    /// </summary>
    /// <value>Holds no secret. Null, as by default: known to this object alone.</value>
    string? Identity => null;

    /// <summary>The whole content.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.NotFound"/> when nothing is stored there, a
    /// folder included.</exception>
    Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Replaces the whole content. Parent folders need not exist; a failed or cancelled write leaves the old content.</summary>
    Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>The content as text, UTF-8 unless told; a byte order mark at the start is dropped.</summary>
    async Task<string> ReadTextAsync(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        StorageText.Decode(await OperationName.UnderAsync(
            nameof(IFileSystem.ReadText), () => ReadBytesAsync(path, cancellationToken)).ConfigureAwait(false), encoding);

    /// <summary>Replaces the content by text, UTF-8 unless told, without a byte order mark.</summary>
    Task WriteTextAsync(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        OperationName.UnderAsync(
            nameof(IFileSystem.WriteText), () => WriteBytesAsync(path, StorageText.Encode(text, encoding), cancellationToken));

    /// <summary>Whether a file is stored at <paramref name="path"/>; a folder is not a file.</summary>
    /// <exception cref="StorageException">Every failure but "not there": what is forbidden is not absent.</exception>
    Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Makes a folder and its parents; nothing is stored where folders do not exist by themselves.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.Conflict"/> when the folder exists already and
    /// <paramref name="existOk"/> is false.</exception>
    Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default);

    /// <summary>Copies one file inside this file system, replacing the destination; onto itself changes nothing.</summary>
    Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default);

    /// <summary>
    /// Paths of the files below <paramref name="path"/> (empty: the root) that match, in the order of their UTF-8
    /// bytes; none when the folder is absent.
    /// </summary>
    /// <param name="path">The folder to search.</param>
    /// <param name="pattern">See <see cref="GlobPattern"/>; relative to <paramref name="path"/>.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default);

    /// <summary>Removes one file.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.NotFound"/> when there is none.</exception>
    Task RemoveAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Size, time, ETag and metadata. The default reads the content to learn its length.</summary>
    async Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) =>
        new(path, (await OperationName.UnderAsync(nameof(IFileSystem.Stat), () => ReadBytesAsync(path, cancellationToken))
            .ConfigureAwait(false)).LongLength, null, null);

    /// <summary>Every file below <paramref name="path"/> (empty: the root), in the order of the UTF-8 bytes of the paths.</summary>
    IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default)
    {
        StoragePath.CheckFolder(path, nameof(IFileSystem.List));
        return Entries(this, path, cancellationToken);

        static async IAsyncEnumerable<FileEntry> Entries(
            IAsyncFileSystem files, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            const string Operation = nameof(IFileSystem.List);
            var all = OperationName.UnderAsync(Operation, files.GlobAsync(path, "**", cancellationToken), cancellationToken);
            await foreach (var found in all.ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await files.StatOrNullAsync(found, Operation, cancellationToken).ConfigureAwait(false) is { } entry)
                    yield return entry;
            }
        }
    }

    /// <summary>
    /// The content as a stream to dispose; seekable where <see cref="Capabilities"/> has
    /// <see cref="StorageCapabilities.Ranges"/>. The default reads all of it first.
    /// </summary>
    async Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default) =>
        new BytesStream(await OperationName.UnderAsync(nameof(IFileSystem.OpenRead), () => ReadBytesAsync(path, cancellationToken))
            .ConfigureAwait(false));

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>. The default reads the whole content.</summary>
    /// <returns>Bytes read: less than asked only at the end of the file, 0 at or past it.</returns>
    async Task<int> ReadRangeAsync(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var content = await OperationName.UnderAsync(nameof(IFileSystem.ReadRange), () => ReadBytesAsync(path, cancellationToken))
            .ConfigureAwait(false);
        return StorageText.Slice(content, offset, destination.Span);
    }

    /// <summary>
    /// Replaces the content by a stream's, from its position to its end, under the conditions of
    /// <paramref name="options"/>.
    /// </summary>
    /// <returns>The new entry; its ETag can be the next <see cref="WriteOptions.IfMatch"/>.</returns>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.PreconditionFailed"/> when a condition does not
    /// hold, a missing file under IfMatch included.</exception>
    /// <exception cref="NotSupportedException">A condition, metadata or tags that <see cref="Capabilities"/> does not hold.</exception>
    async Task<FileEntry> WriteAsync(
        string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(IFileSystem.Write));
        ArgumentNullException.ThrowIfNull(content);
        options?.Validate(nameof(IFileSystem.Write), path, Capabilities & ~WriteOptions.NeedOwnWrite);
        cancellationToken.ThrowIfCancellationRequested();
        using var buffer = await ContentBuffer.FillAsync(content, cancellationToken).ConfigureAwait(false);
        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        await OperationName.UnderAsync(nameof(IFileSystem.Write), () => WriteBytesAsync(path, bytes, cancellationToken))
            .ConfigureAwait(false);
        return new FileEntry(path, bytes.Length, null, null);
    }

    /// <summary>Stores a local file.</summary>
    /// <param name="localPath">A file on local disk.</param>
    /// <param name="path">Where to store it.</param>
    /// <param name="options">Conditions and what is stored beside.</param>
    /// <param name="progress">Bytes stored so far.</param>
    /// <param name="cancellationToken">Leaves the old content.</param>
    async Task<FileEntry> UploadAsync(
        string localPath, string path,
        WriteOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.Upload);
        StoragePath.Check(path, Operation);
        options?.Validate(Operation, path, Capabilities);
        cancellationToken.ThrowIfCancellationRequested();
        var local = LocalSource.Open(localPath, path);
        await using (local.ConfigureAwait(false))
        {
            var entry = await OperationName.UnderAsync(
                Operation, () => WriteAsync(path, local, options, cancellationToken)).ConfigureAwait(false);
            progress?.Report(entry.SizeBytes);
            return entry;
        }
    }

    /// <summary>Stores the content in a local file, which appears whole or not at all; its folders are made.</summary>
    /// <param name="path">What to fetch.</param>
    /// <param name="localPath">The file on local disk, replaced when it is there.</param>
    /// <param name="progress">Bytes fetched so far.</param>
    /// <param name="cancellationToken">Leaves the local file as it was.</param>
    async Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.Download);
        Required.Text(localPath, "the local path");
        var entry = await OperationName.UnderAsync(Operation, () => StatAsync(path, cancellationToken)).ConfigureAwait(false);
        var content = await OperationName.UnderAsync(Operation, () => OpenReadAsync(path, cancellationToken)).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            using var file = ReplacingFile.Beside(localPath, Operation, path);
            var bytes = await OperationName.UnderAsync(
                Operation, () => file.FillAsync(content, progress, cancellationToken)).ConfigureAwait(false);
            file.Commit();
            return entry with { SizeBytes = bytes };
        }
    }

    /// <summary>Removes the file only while its ETag is <paramref name="ifMatch"/>.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.PreconditionFailed"/> when it has another ETag,
    /// <see cref="StorageErrorKind.NotFound"/> when there is no file.</exception>
    /// <exception cref="NotSupportedException">Where <see cref="Capabilities"/> lacks
    /// <see cref="StorageCapabilities.ConditionalRemove"/>, as by default.</exception>
    Task RemoveAsync(string path, string ifMatch, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This file system has no conditional remove: see its Capabilities.");

    /// <summary>
    /// A stream to write a new content into, piece by piece; it is stored by
    /// <see cref="StorageWriteStream.CompleteAsync"/>, whole or not at all. The default keeps it in memory until then.
    /// </summary>
    /// <param name="path">Where to store it.</param>
    /// <param name="options">Conditions, which are tested at the end, and what is stored beside.</param>
    /// <param name="cancellationToken">Opens nothing.</param>
    /// <exception cref="NotSupportedException">As <see cref="WriteAsync"/>.</exception>
    Task<StorageWriteStream> OpenWriteAsync(string path, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(IFileSystem.OpenWrite));
        options?.Validate(nameof(IFileSystem.OpenWrite), path, Capabilities);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<StorageWriteStream>(
            new BufferedWriteStream((content, token) =>
                OperationName.UnderAsync(nameof(IFileSystem.OpenWrite), () => WriteAsync(path, content, options, token))));
    }

    /// <summary>
    /// Moves one file inside this file system, replacing the destination; onto itself changes nothing. The default, and
    /// every object store, copies and then removes the source: what fails between leaves both.
    /// </summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.NotFound"/> when there is no source.</exception>
    Task MoveAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        OperationName.UnderAsync(nameof(IFileSystem.Move), async () =>
        {
            await CopyAsync(source, destination, cancellationToken).ConfigureAwait(false);
            if (source != destination) await RemoveAsync(source, cancellationToken).ConfigureAwait(false);
        });

    /// <summary>Removes many files. What is not there is no failure; what fails does not keep the others.</summary>
    /// <exception cref="StorageException">As the first failure, when all were tried; before anything is removed
    /// <see cref="StorageErrorKind.InvalidPath"/>.</exception>
    Task RemoveManyAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
        Removal.EachAsync(paths, nameof(IFileSystem.RemoveMany), path => RemoveAsync(path, cancellationToken));

    /// <summary>Removes a folder with all files below it; one that does not exist has none. The root is refused.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="cancellationToken">Leaves the rest.</param>
    /// <returns>How many files were removed.</returns>
    /// <exception cref="StorageException">As <see cref="RemoveManyAsync"/>.</exception>
    async Task<long> RemoveFolderAsync(string path, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(IFileSystem.RemoveFolder));
        const string Operation = nameof(IFileSystem.RemoveFolder);
        var removed = 0L;
        var all = OperationName.UnderAsync(Operation, GlobAsync(path, "**", cancellationToken), cancellationToken);
        await foreach (var some in all.Chunk(RemovedAtATime).ConfigureAwait(false))
        {
            await OperationName.UnderAsync(Operation, () => RemoveManyAsync(some, cancellationToken)).ConfigureAwait(false);
            removed += some.Length;
        }
        return removed;
    }

    /// <summary>
    /// One level of a folder (empty: the root): its files, and the folders in it as entries with
    /// <see cref="FileEntry.IsFolder"/>; in the order of the UTF-8 bytes, a folder's with <c>/</c> behind its path. The
    /// default lists all files below.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">Where to start and how many.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<FileEntry> ListFolderAsync(string path, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        StoragePath.CheckFolder(path, nameof(IFileSystem.ListFolder));
        options?.Check(nameof(IFileSystem.ListFolder));
        return Level(this, path, options, cancellationToken);

        static async IAsyncEnumerable<FileEntry> Level(
            IAsyncFileSystem files, string path, ListOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var level = new FolderLevel(path, options);
            const string Operation = nameof(IFileSystem.ListFolder);
            var all = OperationName.UnderAsync(Operation, files.GlobAsync(path, "**", cancellationToken), cancellationToken);
            await foreach (var found in all.ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (level.Of(found) is { } entry && await EntryAsync(files, entry, cancellationToken).ConfigureAwait(false) is { } listed)
                    yield return listed;
                if (level.IsFull) yield break;
            }
        }

        static async Task<FileEntry?> EntryAsync(IAsyncFileSystem files, (string Path, bool IsFolder) entry, CancellationToken token) =>
            entry.IsFolder
                ? FolderLevel.Folder(entry.Path)
                : await files.StatOrNullAsync(entry.Path, nameof(IFileSystem.ListFolder), token).ConfigureAwait(false);
    }

    /// <summary>
    /// Several ranges of one file, in the order asked. Where <see cref="StorageCapabilities.Ranges"/> is declared, all
    /// are of one content, and those that lie close are fetched together.
    /// </summary>
    /// <returns>One piece for each range: less than asked only at the end of the file, empty at or past it.</returns>
    async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadRangesAsync(
        string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        StoragePath.Check(path, nameof(IFileSystem.ReadRanges));
        var content = await OperationName.UnderAsync(nameof(IFileSystem.ReadRanges), () => ReadBytesAsync(path, cancellationToken))
            .ConfigureAwait(false);
        return StorageText.Slices(content, ranges);
    }

    /// <summary>
    /// One stored version of a file, as <see cref="FileEntry.VersionId"/> names it, though it was replaced or removed since.
    /// </summary>
    /// <returns>A stream to dispose, as <see cref="OpenReadAsync"/> gives it.</returns>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.NotFound"/> when there is no such version.</exception>
    /// <exception cref="NotSupportedException">Where <see cref="Capabilities"/> lacks
    /// <see cref="StorageCapabilities.Versions"/>.</exception>
    Task<Stream> OpenReadVersionAsync(string path, string versionId, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This file system keeps no versions: see its Capabilities.");

    /// <summary>An address by which anyone may GET the file for a while, without credentials. No request is made.</summary>
    /// <param name="path">The file, which need not be there.</param>
    /// <param name="validFor">From now; on S3 at most seven days, and no longer than the credentials that sign it.</param>
    /// <param name="cancellationToken">Signs nothing.</param>
    /// <exception cref="NotSupportedException">Where <see cref="Capabilities"/> lacks
    /// <see cref="StorageCapabilities.Presign"/>.</exception>
    Task<Uri> PresignGetAsync(string path, TimeSpan validFor, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This file system gives no signed addresses: see its Capabilities.");

    /// <summary>An address to which anyone may PUT the file for a while, without credentials. No request is made.</summary>
    /// <param name="path">Where it will be stored, replacing what is there.</param>
    /// <param name="validFor">As for <see cref="PresignGetAsync"/>.</param>
    /// <param name="contentType">MIME type, which the sender must then give in <c>Content-Type</c>; null: any.</param>
    /// <param name="cancellationToken">Signs nothing.</param>
    /// <exception cref="NotSupportedException">Where <see cref="Capabilities"/> lacks
    /// <see cref="StorageCapabilities.Presign"/>.</exception>
    Task<Uri> PresignPutAsync(
        string path, TimeSpan validFor, string? contentType = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This file system gives no signed addresses: see its Capabilities.");

    /// <summary>Lets go of connections. By default there are none.</summary>
    ValueTask IAsyncDisposable.DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
