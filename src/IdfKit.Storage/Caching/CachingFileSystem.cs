using System.Text;

namespace IdfKit.Storage;

/// <summary>
/// Keeps what is read from a remote file system on local disk. Every read first asks the inner file system for the ETag (one small request), so that
/// no stale content is handed out; the content comes from disk when it is the same. Writes go straight through.
/// </summary>
/// <remarks>Where the inner file system has no ETags nothing is kept. Several processes may share one cache folder, for the same inner storage only.</remarks>
/// <param name="inner">Where the files are.</param>
/// <param name="cacheDirectory">A folder of the cache's own.</param>
/// <param name="options">How much is kept.</param>
public sealed class CachingFileSystem(IAsyncFileSystem inner, string cacheDirectory, CachingOptions? options = null) : IAsyncFileSystem
{
    private readonly CacheFolder _cache = new(cacheDirectory, options ?? new CachingOptions());

    /// <inheritdoc/>
    public StorageCapabilities Capabilities => inner.Capabilities;

    /// <summary>One Stat, and the content when it is not kept.</summary>
    /// <inheritdoc/>
    public async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(IFileSystem.ReadBytes));
        var entry = await StatAsync(path, nameof(IFileSystem.ReadBytes), cancellationToken).ConfigureAwait(false);
        return await ContentAsync(entry, cancellationToken).ConfigureAwait(false) ?? await inner.ReadBytesAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<string> ReadTextAsync(string path, Encoding? encoding = null, CancellationToken cancellationToken = default) =>
        StorageText.Decode(await ReadBytesAsync(path, cancellationToken).ConfigureAwait(false), encoding);

    /// <summary>A kept content is a stream over memory; what is too large to keep is read from the inner file system.</summary>
    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(IFileSystem.OpenRead));
        var entry = await StatAsync(path, nameof(IFileSystem.OpenRead), cancellationToken).ConfigureAwait(false);
        return await ContentAsync(entry, cancellationToken).ConfigureAwait(false) is { } content
            ? new MemoryStream(content, writable: false)
            : await inner.OpenReadAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<FileEntry> DownloadAsync(string path, string localPath, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        StoragePath.Check(path, nameof(IFileSystem.Download));
        var entry = await StatAsync(path, nameof(IFileSystem.Download), cancellationToken).ConfigureAwait(false);
        if (await ContentAsync(entry, cancellationToken).ConfigureAwait(false) is not { } content)
            return await inner.DownloadAsync(path, localPath, progress, cancellationToken).ConfigureAwait(false);
        using var file = ReplacingFile.Beside(localPath, nameof(IFileSystem.Download), path);
        file.Write(content);
        file.Commit();
        progress?.Report(content.LongLength);
        return entry;
    }

    /// <summary>Not kept: who reads ranges reads little of much.</summary>
    /// <inheritdoc/>
    public Task<int> ReadRangeAsync(string path, long offset, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        inner.ReadRangeAsync(path, offset, destination, cancellationToken);

    /// <inheritdoc/>
    public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) => inner.WriteBytesAsync(path, content, cancellationToken);

    /// <inheritdoc/>
    public Task WriteTextAsync(string path, string text, Encoding? encoding = null, CancellationToken cancellationToken = default) => inner.WriteTextAsync(path, text, encoding, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) => inner.ExistsAsync(path, cancellationToken);

    /// <inheritdoc/>
    public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) => inner.MakeDirectoriesAsync(path, existOk, cancellationToken);

    /// <inheritdoc/>
    public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) => inner.CopyAsync(source, destination, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) => inner.GlobAsync(path, pattern, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => inner.RemoveAsync(path, cancellationToken);

    /// <inheritdoc/>
    public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) => inner.StatAsync(path, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default) => inner.ListAsync(path, cancellationToken);

    /// <inheritdoc/>
    public Task<FileEntry> WriteAsync(string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(path, content, options, cancellationToken);

    /// <inheritdoc/>
    public Task<FileEntry> UploadAsync(
        string localPath, string path, WriteOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        inner.UploadAsync(localPath, path, options, progress, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string path, string ifMatch, CancellationToken cancellationToken = default) => inner.RemoveAsync(path, ifMatch, cancellationToken);

    // The caller asked for an operation of this name; that it began with a Stat is not the caller's business.
    private async Task<FileEntry> StatAsync(string path, string operation, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.StatAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException error)
        {
            throw new StorageException(error.Kind, operation, path, error.Message.Replace(error.Operation + " of", operation + " of", StringComparison.Ordinal), error.IsTransient, error);
        }
    }

    // Between the Stat and the read the file may be replaced, and a content must not be kept under another one's ETag: a second Stat tells.
    private async Task<byte[]?> ContentAsync(FileEntry entry, CancellationToken cancellationToken)
    {
        if (entry.ETag is not { } etag || !_cache.Takes(entry.SizeBytes)) return null;
        if (await _cache.FindAsync(entry.Path, etag, cancellationToken).ConfigureAwait(false) is { } kept) return kept;
        var content = await inner.ReadBytesAsync(entry.Path, cancellationToken).ConfigureAwait(false);
        if ((await inner.StatAsync(entry.Path, cancellationToken).ConfigureAwait(false)).ETag == etag) _cache.Keep(entry.Path, etag, content);
        return content;
    }
}
