using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Claims;

/// <summary>
/// While EnergyPlus runs: tells how far it is in <c>progress.json</c>, and stops it when another run has taken over. The longer it
/// runs the less often, up to four times the interval; what ends within the first looks leaves no progress, which costs a write.
/// </summary>
internal sealed class ClaimWatch : IProgress<EngineProgress>, IAsyncDisposable
{
    private const int SparsestTimes = 4;

    private readonly RunClaim _claim;
    private readonly IAsyncFileSystem _output;
    private readonly string _path;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _takenOver = new();
    private readonly Task _watching;
    private volatile EngineProgress? _latest;

    /// <param name="claim">That of the run.</param>
    /// <param name="output">The bucket of the results.</param>
    /// <param name="folder">That of the run.</param>
    /// <param name="settings">How often it looks.</param>
    /// <param name="time">The clock.</param>
    public ClaimWatch(RunClaim claim, IAsyncFileSystem output, string folder, RunSettings settings, TimeProvider time)
    {
        (_claim, _output, _path) = (claim, output, folder + "/" + RunRecordFile.ProgressName);
        _watching = settings.ProgressInterval > TimeSpan.Zero ? WatchAsync(settings, time) : Task.CompletedTask;
    }

    /// <summary>Canceled when the claim has gone to another run.</summary>
    public CancellationToken TakenOver => _takenOver.Token;

    /// <summary>Whether <c>progress.json</c> was written, so that it is to be removed.</summary>
    public bool HasWritten { get; private set; }

    public void Report(EngineProgress value) => _latest = value;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        _stop.Dispose();
        _takenOver.Dispose();
    }

    /// <summary>How long it waits before each look, without end, and whether it then tells how far the run is.</summary>
    internal static IEnumerable<(TimeSpan Wait, bool Tells)> Looks(RunSettings settings)
    {
        var times = 1;
        for (var look = 0; ; look++)
        {
            yield return (times * settings.ProgressInterval, look >= settings.LooksBeforeProgress);
            times = Math.Min(2 * times, SparsestTimes);
        }
    }

    private async Task WatchAsync(RunSettings settings, TimeProvider time)
    {
        try
        {
            using var timer = new PeriodicTimer(settings.ProgressInterval, time);
            foreach (var (wait, tells) in Looks(settings))
            {
                if (timer.Period != wait) timer.Period = wait;
                await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false);
                await LookAsync(tells).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested) { return; } // the run has ended
    }

    private async Task LookAsync(bool tells)
    {
        try
        {
            if (!await _claim.IsHeldAsync(_stop.Token).ConfigureAwait(false))
            {
                await _takenOver.CancelAsync().ConfigureAwait(false);
                return;
            }
            if (!tells || _latest is not { } progress) return;
            var report = new RunProgress(
                _claim.Record.RunId, NameOf(progress.Phase), progress.Percent, progress.Environment,
                Math.Round(progress.Elapsed.TotalSeconds, 1));
            using var content = new MemoryStream(RunRecordFile.ToJson(report), writable: false);
            HasWritten = true;
            await _output.WriteAsync(
                _path, content, new WriteOptions { ContentType = "application/json" }, _stop.Token).ConfigureAwait(false);
        }
        // progress is a courtesy: the next look tries again, the upload will tell
        catch (StorageException) { return; }
    }

    private static string NameOf(EnginePhase phase) => phase switch
    {
        EnginePhase.Initializing => "initializing",
        EnginePhase.Warmup => "warmup",
        EnginePhase.Simulating => "simulating",
        EnginePhase.PostProcessing => "post_processing",
        _ => "complete",
    };
}
