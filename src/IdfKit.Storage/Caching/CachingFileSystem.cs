using System.Text;

using IdfKit.Storage.Caching;
using IdfKit.Storage.Files;

namespace IdfKit.Storage;

/// <summary>
/// Keeps what is read from a remote file system on local disk. Every read first asks the inner file system for the ETag
/// (one small request), so that no stale content is handed out; the content comes from disk when it is the same. Writes
/// go straight through.
/// </summary>
/// <remarks>
/// Where the inner file system has no ETags nothing is kept. Several processes and several storages may share one cache
/// folder: what is kept belongs to the <see cref="Identity"/> of the inner file system. One without an identity finds
/// what was kept through the same object, and nothing else.
/// </remarks>
/// <param name="inner">Where the files are.</param>
/// <param name="cacheDirectory">A folder of the cache's own.</param>
/// <param name="options">How much is kept.</param>
public sealed class CachingFileSystem(IAsyncFileSystem inner, string cacheDirectory, CachingOptions? options = null) : IAsyncFileSystem
{
    private readonly CachingOptions _options = options ?? new CachingOptions();
    private readonly CacheFolder _cache = new(cacheDirectory, ObjectIdentity.Of(inner), options ?? new CachingOptions());

    /// <inheritdoc/>
    public StorageCapabilities Capabilities => inner.Capabilities;

    /// <inheritdoc/>
    public string? Identity => inner.Identity;

    /// <summary>One Stat, and the content when it is not kept.</summary>
    /// <inheritdoc/>
    public async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default)
    {
        var (_, kept) = await KeptAsync(path, nameof(IFileSystem.ReadBytes), cancellationToken).ConfigureAwait(false);
        await using ((kept ?? Stream.Null).ConfigureAwait(false))
        {
            if (kept is null || kept.Length > Array.MaxLength)
                return await inner.ReadBytesAsync(path, cancellationToken).ConfigureAwait(false);
            var content = GC.AllocateUninitializedArray<byte>((int)kept.Length);
            await kept.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
            return content;
        }
    }

    /// <inheritdoc/>
    public async Task<string> ReadTextAsync(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        StorageText.Decode(await OperationName.UnderAsync(
            nameof(IFileSystem.ReadText), () => ReadBytesAsync(path, cancellationToken)).ConfigureAwait(false), encoding);

    /// <summary>
    /// A kept content is a stream over its file in the cache; what is too large to keep is read from the inner file
    /// system.
    /// </summary>
    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default)
    {
        var (_, kept) = await KeptAsync(path, nameof(IFileSystem.OpenRead), cancellationToken).ConfigureAwait(false);
        return kept ?? await inner.OpenReadAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<FileEntry> DownloadAsync(
        string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var (entry, kept) = await KeptAsync(path, nameof(IFileSystem.Download), cancellationToken).ConfigureAwait(false);
        if (kept is null) return await inner.DownloadAsync(path, localPath, progress, cancellationToken).ConfigureAwait(false);
        await using (kept.ConfigureAwait(false))
        {
            using var file = ReplacingFile.Beside(localPath, nameof(IFileSystem.Download), path);
            await file.FillAsync(kept, progress, cancellationToken).ConfigureAwait(false);
            file.Commit();
            return entry;
        }
    }

    /// <summary>Not kept: who reads ranges reads little of much.</summary>
    /// <inheritdoc/>
    public Task<int> ReadRangeAsync(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        inner.ReadRangeAsync(path, offset, destination, cancellationToken);

    /// <inheritdoc/>
    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        inner.WriteBytesAsync(path, content, cancellationToken);

    /// <inheritdoc/>
    public Task WriteTextAsync(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        inner.WriteTextAsync(path, text, encoding, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) => inner.ExistsAsync(path, cancellationToken);

    /// <inheritdoc/>
    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
        inner.MakeDirectoriesAsync(path, existOk, cancellationToken);

    /// <inheritdoc/>
    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        inner.CopyAsync(source, destination, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
        inner.GlobAsync(path, pattern, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => inner.RemoveAsync(path, cancellationToken);

    /// <inheritdoc/>
    public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) =>
        inner.StatAsync(path, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default) =>
        inner.ListAsync(path, cancellationToken);

    /// <inheritdoc/>
    public Task<FileEntry> WriteAsync(
        string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(path, content, options, cancellationToken);

    /// <inheritdoc/>
    public Task<FileEntry> UploadAsync(
        string localPath, string path,
        WriteOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        inner.UploadAsync(localPath, path, options, progress, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string path, string ifMatch, CancellationToken cancellationToken = default) =>
        inner.RemoveAsync(path, ifMatch, cancellationToken);

    /// <inheritdoc/>
    public Task<StorageWriteStream> OpenWriteAsync(
        string path, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.OpenWriteAsync(path, options, cancellationToken);

    /// <inheritdoc/>
    public Task MoveAsync(string source, string destination, CancellationToken cancellationToken = default) =>
        inner.MoveAsync(source, destination, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveManyAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
        inner.RemoveManyAsync(paths, cancellationToken);

    /// <inheritdoc/>
    public Task<long> RemoveFolderAsync(string path, CancellationToken cancellationToken = default) =>
        inner.RemoveFolderAsync(path, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<FileEntry> ListFolderAsync(
        string path, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.ListFolderAsync(path, options, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadRangesAsync(
        string path, IReadOnlyList<FileRange> ranges, CancellationToken cancellationToken = default) =>
        inner.ReadRangesAsync(path, ranges, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> OpenReadVersionAsync(string path, string versionId, CancellationToken cancellationToken = default) =>
        inner.OpenReadVersionAsync(path, versionId, cancellationToken);

    /// <inheritdoc/>
    public Task<Uri> PresignGetAsync(string path, TimeSpan validFor, CancellationToken cancellationToken = default) =>
        inner.PresignGetAsync(path, validFor, cancellationToken);

    /// <inheritdoc/>
    public Task<Uri> PresignPutAsync(
        string path, TimeSpan validFor, string? contentType = null, CancellationToken cancellationToken = default) =>
        inner.PresignPutAsync(path, validFor, contentType, cancellationToken);

    /// <summary>Disposes the inner file system where <see cref="CachingOptions.OwnsInner"/> says so.</summary>
    public ValueTask DisposeAsync() => _options.OwnsInner ? inner.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>What is stored, and its content from the cache, fetched into it first where need be; null when it cannot be kept.</summary>
    private async Task<(FileEntry Entry, Stream? Kept)> KeptAsync(string path, string operation, CancellationToken cancellationToken)
    {
        StoragePath.Check(path, operation);
        var entry = await OperationName.UnderAsync(operation, () => inner.StatAsync(path, cancellationToken)).ConfigureAwait(false);
        if (entry.ETag is not { } etag || !_cache.Takes(entry.SizeBytes)) return (entry, null);
        if (_cache.Open(path, etag, cancellationToken) is { } kept) return (entry, kept);
        await _cache.KeepAsync(path, etag, async file =>
        {
            // Between the Stat and the download the file may be replaced, and a content must not be kept under another
            // one's ETag: a second Stat tells.
            await inner.DownloadAsync(path, file, null, cancellationToken).ConfigureAwait(false);
            return (await inner.StatAsync(path, cancellationToken).ConfigureAwait(false)).ETag;
        }, cancellationToken).ConfigureAwait(false);
        return (entry, _cache.Open(path, etag, cancellationToken));
    }
}
