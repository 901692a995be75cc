using Amazon.Runtime;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3;

internal sealed partial class S3Bucket
{
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
    /// A request that creates something on the server. A caller who stops waiting is answered at once; the request goes on by
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

    /// <summary>Signs without a request, though the credentials may need one; only then does the time that it is valid begin.</summary>
    public Task<string> SignAsync(
        string operation, string path, Func<GetPreSignedUrlRequest> request, CancellationToken cancellationToken) =>
        CallAsync(operation, path, (s3, _) => s3.GetPreSignedUrlAsync(request()), cancellationToken);

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
}
