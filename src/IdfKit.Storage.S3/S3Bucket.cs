using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3;

/// <summary>One bucket below one prefix: every request goes through here, within its time budget, and fails with a typed error.</summary>
internal sealed class S3Bucket : IAsyncDisposable
{
    private readonly S3Connection _connection;
    private readonly CancellationTokenSource _closing = new();
    private readonly UnfinishedWork _unfinished = new();
    private volatile bool _seen;
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

    /// <summary>Until it is disposed of, the client stays open: something on the server has to be ended or undone.</summary>
    public IDisposable BeginWork() => _unfinished.Begin();

    public async Task<T> CallAsync<T>(
        string operation, string path, Func<S3Requests, CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Closing);
        budget.CancelAfter(Options.OperationTimeout);
        return await SendAsync(operation, path, request, budget.Token, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// A request that creates something on the server. Whoever stops waiting is answered at once; the request goes on by
    /// itself, and what it created is undone when its answer arrives.
    /// </summary>
    /// <param name="operation">Its name.</param>
    /// <param name="path">On what.</param>
    /// <param name="request">The request.</param>
    /// <param name="leave">Whether the request can go on without the caller; else it is cancelled.</param>
    /// <param name="undo">Undoes it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<T> CreateAsync<T>(
        string operation, string path, Func<S3Requests, CancellationToken, Task<T>> request,
        Func<bool> leave, Func<T, Task> undo, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        var own = new CancellationTokenSource();
        var creating = SendAsync(operation, path, request, own.Token, CancellationToken.None);
        try
        {
            using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Closing);
            budget.CancelAfter(Options.OperationTimeout);
            var answer = await creating.WaitAsync(budget.Token).ConfigureAwait(false);
            own.Dispose();
            return answer;
        }
        catch (OperationCanceledException stopped)
        {
            if (leave()) own.CancelAfter(Options.OperationTimeout);
            else await own.CancelAsync().ConfigureAwait(false);
            var undoing = UndoLateAsync(creating, undo, own);
            if (own.IsCancellationRequested) await undoing.ConfigureAwait(false);
            throw Told(stopped, operation, path, cancellationToken) ?? stopped;
        }
    }

    /// <summary>Ends what was begun on the server; not stopped by the caller, nor by a dispose meanwhile.</summary>
    public async Task<T> CleanUpAsync<T>(string operation, string path, Func<S3Requests, CancellationToken, Task<T>> request)
    {
        using var work = BeginWork();
        using var budget = new CancellationTokenSource(Options.OperationTimeout);
        return await SendAsync(operation, path, request, budget.Token, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Signs without a request, though the credentials may need one.</summary>
    public Task<string> SignAsync(string operation, string path, GetPreSignedUrlRequest request, CancellationToken cancellationToken) =>
        CallAsync(operation, path, (s3, _) => s3.GetPreSignedUrlAsync(request), cancellationToken);

    /// <summary>Ends every call; those that left something on the server may still end or undo it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Increment(ref _disposals) > 1) return;
        await _closing.CancelAsync().ConfigureAwait(false);
        await _unfinished.EndedAsync().WaitAsync(Options.OperationTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _connection.Dispose();
        _closing.Dispose();
    }

    /// <summary>
    /// One HEAD. An answer without a body cannot tell an absent bucket from an absent object, so the first absence asks
    /// once more.
    /// </summary>
    public async Task<FileEntry> HeadAsync(
        string operation, string path, string key, CancellationToken cancellationToken, string? versionId = null)
    {
        var head = await RawHeadAsync(operation, path, key, cancellationToken, versionId).ConfigureAwait(false);
        return S3Entry.Of(path, head);
    }

    /// <inheritdoc cref="HeadAsync"/>
    public async Task<GetObjectMetadataResponse> RawHeadAsync(
        string operation, string path, string key, CancellationToken cancellationToken, string? versionId = null)
    {
        var request = new GetObjectMetadataRequest { BucketName = Name, Key = key, VersionId = versionId };
        try
        {
            var head = await CallAsync(
                operation, path,
                (s3, token) => s3.GetObjectMetadataAsync(request, token),
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

    private async Task<T> SendAsync<T>(
        string operation, string path, Func<S3Requests, CancellationToken, Task<T>> request,
        CancellationToken budget, CancellationToken caller)
    {
        using var call = new StorageCall(operation, path);
        try
        {
            var client = await _connection.ReadyAsync(budget, caller).ConfigureAwait(false);
            var answer = await request(new S3Requests(client, Options, call), budget).ConfigureAwait(false);
            _seen = true;
            return answer;
        }
        catch (Exception error)
        {
            var told = Told(error, operation, path, caller);
            call.Failed(told ?? error);
            if (told is not null) throw told;
            throw;
        }
    }

    // Who and what stands before the host in a URL may be a secret.
    private string Server =>
        _connection.Endpoint?.GetComponents(UriComponents.HostAndPort | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')
        ?? (Options.Region is { } region ? Amazon.RegionEndpoint.GetBySystemName(region).PartitionName : "aws");

    /// <summary>What the caller is told of an error; null: the error itself.</summary>
    private Exception? Told(Exception error, string operation, string path, CancellationToken caller)
    {
        if (error is AmazonServiceException { ErrorCode: "ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" }) _connection.Reject();
        return error switch
        {
            OperationCanceledException when caller.IsCancellationRequested => new OperationCanceledException(caller),
            OperationCanceledException or ObjectDisposedException when Closing.IsCancellationRequested => Disposed(),
            OperationCanceledException => S3Errors.TimedOut(operation, path, Name, Options.OperationTimeout, error),
            _ when !S3Errors.IsOfS3(error) => null,
            _ when caller.IsCancellationRequested => new OperationCanceledException(null, error, caller),
            _ when Closing.IsCancellationRequested => Disposed(),
            _ => S3Errors.Wrap(error, operation, path, Name),
        };
    }

    private async Task UndoLateAsync<T>(Task<T> creating, Func<T, Task> undo, CancellationTokenSource own)
    {
        using var work = BeginWork();
        try
        {
            await undo(await creating.ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception nothing) when (nothing is StorageException or ObjectDisposedException or OperationCanceledException)
        {
            return; // Nothing came of it, or it cannot be undone; the caller has been answered.
        }
        finally
        {
            own.Dispose();
        }
    }

    // Named for what the caller holds.
    private static ObjectDisposedException Disposed() => new("IdfKit.Storage.S3.AsyncS3FileSystem");

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
