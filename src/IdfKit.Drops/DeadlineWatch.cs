using IdfKit.Runs;

namespace IdfKit.Drops;

/// <summary>
/// While EnergyPlus runs: stops it while there is time left to upload what it has written. The more it has written, the earlier.
/// </summary>
internal sealed class DeadlineWatch : IAsyncDisposable
{
    /// <summary>
    /// Bytes that are hashed, read and uploaded in a second, at the least. A guess on the safe side: a Lambda function
    /// reaches S3 with several times that.
    /// </summary>
    internal const long BytesPerSecond = 20_000_000;

    private const int MostFiles = 500; // no more are kept
    private const long BytesPerFile = 200_000; // a request of its own takes as long as this many

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly Task _watching;

    /// <param name="outputs">The folder that EnergyPlus writes to.</param>
    /// <param name="latest">When EnergyPlus must have ended if it has written nothing.</param>
    /// <param name="time">The clock.</param>
    public DeadlineWatch(string outputs, DateTimeOffset latest, TimeProvider time)
    {
        _time = time;
        _watching = WatchAsync(outputs, latest);
    }

    /// <summary>Canceled when EnergyPlus has to stop.</summary>
    public CancellationToken Stop => _stop.Token;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        _ended.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync(string outputs, DateTimeOffset latest)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, _time);
            while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
            {
                if (_time.GetUtcNow() + Interval + TimeSpan.FromSeconds((double)Written(outputs) / BytesPerSecond) < latest) continue;
                await _stop.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested) { return; } // EnergyPlus has ended by itself
    }

    private static long Written(string outputs)
    {
        var files = ResultFile.In(outputs);
        return files.Sum(file => file.SizeBytes) + (Math.Min(files.Count, MostFiles) * BytesPerFile);
    }
}
