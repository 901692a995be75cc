using Amazon.S3;

namespace IdfKit.Storage.S3;

/// <summary>One bucket below one prefix: every request goes through here, within its time budget, and fails with a typed error.</summary>
internal sealed partial class S3Bucket : IAsyncDisposable
{
    private readonly S3Connection _connection;
    private readonly CancellationTokenSource _closing = new();
    private readonly UnfinishedWork _unfinished = new();
    private int _disposals;

    public S3Bucket(string name, IAmazonS3? client, S3FileSystemOptions? options)
    {
        (Name, Options) = (BucketName.Checked(name), options ?? new S3FileSystemOptions());
        Closing = _closing.Token;
        _connection = new S3Connection(Options, client);
    }

    public string Name { get; }

    public S3FileSystemOptions Options { get; }

    /// <summary>Names the server, the bucket and the prefix; bucket names are unique within a partition of AWS.</summary>
    public string Identity => $"s3://{Server}/{Name}/{Options.Prefix}";

    /// <summary>Whether the bucket is Amazon's own; other servers leave parts of the protocol out.</summary>
    public bool IsAmazons => _connection.Endpoint is null;

    /// <summary>The object's key.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidPath"/>.</exception>
    /// <exception cref="ObjectDisposedException">The file system was disposed of.</exception>
    public string Key(string path, string operation)
    {
        StoragePath.Check(path, operation);
        ThrowIfDisposed();
        var key = Options.Prefix + path;
        if (Options.Prefix.Length > 0 && !StoragePath.IsValid(key))
            throw new StorageException(StorageErrorKind.InvalidPath, operation, path,
                $"{operation} was given a path that is too long below the prefix '{Options.Prefix}': "
                    + $"{StoragePath.MaxBytes} bytes are the most for both.");
        return key;
    }

    /// <summary>What the keys of a folder start with.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidPath"/>.</exception>
    public string FolderKey(string path, string operation)
    {
        StoragePath.CheckFolder(path, operation);
        ThrowIfDisposed();
        return path.Length == 0 ? Options.Prefix : Key(path, operation) + "/";
    }

    /// <summary>Cancelled when the file system is disposed of.</summary>
    public CancellationToken Closing { get; }

    public void ThrowIfDisposed()
    {
        if (Closing.IsCancellationRequested) throw Disposed();
    }

    /// <summary>Ends every call; those that left something on the server may still end or undo it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Increment(ref _disposals) > 1) return;
        await _closing.CancelAsync().ConfigureAwait(false);
        await _unfinished.EndedAsync().WaitAsync(Options.OperationTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _connection.Dispose();
        _closing.Dispose();
    }

    // Who and what stands before the host in a URL may be a secret.
    private string Server =>
        _connection.Endpoint?.GetComponents(UriComponents.HostAndPort | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')
        ?? (Options.Region is { } region ? Amazon.RegionEndpoint.GetBySystemName(region).PartitionName : "aws");

    // Named for what the caller holds.
    private static ObjectDisposedException Disposed() => new("IdfKit.Storage.S3.AsyncS3FileSystem");
}
