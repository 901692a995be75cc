using Amazon.S3;
using Amazon.S3.Model;
using IdfKit.Storage.Listing;

namespace IdfKit.Storage.S3;

/// <summary>
/// Objects of one bucket, below one prefix, as files. Nothing is connected before the first call. Safe for many calls at a time;
/// after dispose every call throws <see cref="ObjectDisposedException"/>.
/// </summary>
public sealed partial class AsyncS3FileSystem : IAsyncFileSystem, IGroupedListing, IDisposable
{
    private readonly S3Bucket _bucket;

    /// <param name="bucket">Name of the bucket, which must exist.</param>
    /// <param name="options">How to reach it and how to store.</param>
    public AsyncS3FileSystem(string bucket, S3FileSystemOptions? options = null) => _bucket = new S3Bucket(bucket, null, options);

    /// <param name="bucket">Name of the bucket, which must exist.</param>
    /// <param name="client">A client of the caller's, which stays the caller's to dispose.</param>
    /// <param name="options">How to store; what concerns the connection is the client's own and not read here.</param>
    public AsyncS3FileSystem(string bucket, IAmazonS3 client, S3FileSystemOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _bucket = new S3Bucket(bucket, client, options);
    }

    /// <inheritdoc/>
    public StorageCapabilities Capabilities =>
        StorageCapabilities.Ranges | StorageCapabilities.ETags | StorageCapabilities.Conditions
            | StorageCapabilities.ConditionalRemove | StorageCapabilities.Metadata
        | StorageCapabilities.ContentType | StorageCapabilities.Versions | StorageCapabilities.Stat
        | StorageCapabilities.Tags | StorageCapabilities.Presign | StorageCapabilities.ContentEncoding;

    /// <summary>The server, the bucket and the prefix.</summary>
    public string Identity => _bucket.Identity;

    internal S3FileSystemOptions Options => _bucket.Options;

    /// <summary>Largest object that one server-side copy takes; larger ones are copied by parts. S3's limit is 5 GB.</summary>
    internal long CopyLimitBytes { get; init; } = 5L << 30;

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default)
    {
        var key = _bucket.Key(path, nameof(IFileSystem.Exists));
        try
        {
            await _bucket.HeadAsync(nameof(IFileSystem.Exists), path, key, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StorageException absent)
            when (absent is { Kind: StorageErrorKind.NotFound, InnerException: AmazonS3Exception { ErrorCode: not "NoSuchBucket" } })
        {
            return false;
        }
    }

    /// <summary>One HEAD.</summary>
    /// <inheritdoc/>
    public Task<FileEntry> StatAsync(string path, CancellationToken cancellationToken = default) =>
        _bucket.HeadAsync(nameof(IFileSystem.Stat), path, _bucket.Key(path, nameof(IFileSystem.Stat)), cancellationToken);

    /// <summary>Stores nothing: S3 has no folders. One request when <paramref name="existOk"/> is false, none otherwise.</summary>
    /// <inheritdoc/>
    public async Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default)
    {
        const string Operation = nameof(IFileSystem.MakeDirectories);
        var prefix = _bucket.Key(path, Operation) + "/";
        cancellationToken.ThrowIfCancellationRequested();
        if (existOk) return;
        var found = await _bucket.CallAsync(
            Operation, path,
            (s3, token) => s3.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = _bucket.Name, Prefix = prefix, MaxKeys = 1 }, token),
            cancellationToken).ConfigureAwait(false);
        if (found.S3Objects is { Count: > 0 })
            throw new StorageException(StorageErrorKind.Conflict, Operation, path,
                $"{Operation} of '{path}' in bucket '{_bucket.Name}' failed: the folder exists already.");
    }

    /// <summary>
    /// Ends the calls under way, waits until what they left on the server is ended or undone, for one
    /// <see cref="S3FileSystemOptions.OperationTimeout"/> at most, and closes the connections, unless the client was the
    /// caller's.
    /// </summary>
    public ValueTask DisposeAsync() => _bucket.DisposeAsync();

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => Blocking.Wait(() => DisposeAsync().AsTask());
}
