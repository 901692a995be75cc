using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3;

/// <summary>One bucket below one prefix: every request goes through here, within its time budget, and fails with a typed error.</summary>
internal sealed class S3Bucket : IDisposable
{
    private readonly S3Connection _connection;
    private volatile bool _disposed;
    private volatile bool _seen;

    public S3Bucket(string name, IAmazonS3? client, S3FileSystemOptions? options)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, Options) = (name, options ?? new S3FileSystemOptions());
        _connection = new S3Connection(Options, client);
    }

    public string Name { get; }

    public S3FileSystemOptions Options { get; }

    /// <summary>Names the server, the bucket and the prefix; bucket names are unique within a partition of AWS.</summary>
    public string Identity => $"s3://{Server}/{Name}/{Options.Prefix}";

    /// <summary>The object's key.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidPath"/>.</exception>
    public string Key(string path, string operation)
    {
        StoragePath.Check(path, operation);
        var key = Options.Prefix + path;
        if (Options.Prefix.Length > 0 && !StoragePath.IsValid(key))
            throw new StorageException(StorageErrorKind.InvalidPath, operation, path,
                $"{operation} was given a path that is too long below the prefix '{Options.Prefix}': "
                    + $"{StoragePath.MaxBytes} bytes are the most for both.");
        return key;
    }

    /// <summary>What the keys of a folder start with.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidPath"/>.</exception>
    public string FolderKey(string path, string operation) => path is { Length: 0 } ? Options.Prefix : Key(path, operation) + "/";

    public async Task<T> CallAsync<T>(
        string operation, string path, Func<IAmazonS3, CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        if (_disposed) throw Disposed();
        cancellationToken.ThrowIfCancellationRequested();
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        budget.CancelAfter(Options.OperationTimeout);
        try
        {
            var client = await _connection.ReadyAsync(budget.Token, cancellationToken).ConfigureAwait(false);
            var answer = await request(client, budget.Token).ConfigureAwait(false);
            _seen = true;
            return answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException late)
        {
            throw S3Errors.TimedOut(operation, path, Name, Options.OperationTimeout, late);
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested && S3Errors.IsOfS3(error))
        {
            throw new OperationCanceledException(null, error, cancellationToken);
        }
        catch (Exception error) when (S3Errors.IsOfS3(error))
        {
            if (error is AmazonServiceException { ErrorCode: "ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" })
                _connection.Reject();
            throw S3Errors.Wrap(error, operation, path, Name);
        }
    }

    // Named for what the caller holds.
    private static ObjectDisposedException Disposed() => new("IdfKit.Storage.S3.AsyncS3FileSystem");

    /// <summary>
    /// One HEAD. An answer without a body cannot tell an absent bucket from an absent object, so the first absence asks
    /// once more.
    /// </summary>
    public async Task<FileEntry> HeadAsync(string operation, string path, string key, CancellationToken cancellationToken)
    {
        var head = await RawHeadAsync(operation, path, key, cancellationToken).ConfigureAwait(false);
        return S3Entry.Of(path, head.ContentLength, head.LastModified, head.ETag, head.VersionId, head.Metadata);
    }

    /// <inheritdoc cref="HeadAsync"/>
    public async Task<GetObjectMetadataResponse> RawHeadAsync(
        string operation, string path, string key, CancellationToken cancellationToken)
    {
        try
        {
            var head = await CallAsync(
                operation, path,
                (s3, token) => s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Name, Key = key }, token),
                cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrEmpty(head.ETag)) throw S3Errors.NotS3(operation, path, Name);
            return head;
        }
        catch (StorageException absent) when (absent.Kind is StorageErrorKind.NotFound)
        {
            if (!_seen) await RequireBucketAsync(operation, path, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    // Who and what stands before the host in a URL may be a secret.
    private string Server =>
        _connection.Endpoint?.GetComponents(UriComponents.HostAndPort | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')
        ?? (Options.Region is { } region ? Amazon.RegionEndpoint.GetBySystemName(region).PartitionName : "aws");

    public void Dispose()
    {
        _disposed = true;
        _connection.Dispose();
    }

    private async Task RequireBucketAsync(string operation, string path, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(operation, path,
                (s3, token) => s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Name, MaxKeys = 1 }, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException error) when (error.Kind is StorageErrorKind.AccessDenied)
        {
            _seen = true;  // who may not list cannot be told; the object's own answer stands
        }
    }
}
