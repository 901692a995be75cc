using System.Runtime.ExceptionServices;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3.Transfers;

/// <summary>Parts on their way: as many at a time as allowed; the first failure stops the others.</summary>
internal sealed class PartQueue : IAsyncDisposable
{
    private readonly Lock _counting = new();
    private readonly SemaphoreSlim _free;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _caller;
    private readonly List<Task<PartETag>> _parts = [];
    private ExceptionDispatchInfo? _first;
    private long _bytes;

    private readonly IProgress<long>? _told;

    public PartQueue(int concurrency, IProgress<long>? told, CancellationToken cancellationToken)
    {
        _told = told;
        _free = new SemaphoreSlim(concurrency);
        _caller = cancellationToken;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Waits until one more part may travel.</summary>
    public async Task WaitForRoomAsync()
    {
        try
        {
            await _free.WaitAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_caller.IsCancellationRequested)
        {
            _first?.Throw();
            throw;
        }
    }

    /// <summary>Sends a part, which is disposed of afterwards; there was room for it.</summary>
    public void Start(Stream part, Func<Stream, CancellationToken, Task<PartETag>> send) => _parts.Add(RunAsync(part, send));

    /// <summary>Waits for every part.</summary>
    public async Task<(List<PartETag> Parts, long Bytes)> FinishAsync()
    {
        var etags = new List<PartETag>(_parts.Count);
        await ((Task)Task.WhenAll(_parts)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _first?.Throw();
        foreach (var part in _parts) etags.Add(await part.ConfigureAwait(false));
        return (etags, _bytes);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)Task.WhenAll(_parts)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _free.Dispose();
    }

    private async Task<PartETag> RunAsync(Stream part, Func<Stream, CancellationToken, Task<PartETag>> send)
    {
        try
        {
            var bytes = part.Length;
            var etag = await send(part, _stop.Token).ConfigureAwait(false);
            lock (_counting) // two parts that end at once are told one after the other, the smaller sum first
            {
                _bytes += bytes;
                _told?.Report(_bytes);
            }
            return etag;
        }
        catch (Exception error)
        {
            // The parts that this one stops fail after it, by being cancelled; only the first error tells why.
            Interlocked.CompareExchange(ref _first, ExceptionDispatchInfo.Capture(error), null);
            await _stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            await part.DisposeAsync().ConfigureAwait(false);
            _free.Release();
        }
    }
}
