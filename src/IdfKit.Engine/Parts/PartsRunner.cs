using System.Diagnostics;

namespace IdfKit.Engine.Parts;

/// <summary>Starts one EnergyPlus: <see cref="EnergyPlusRunner.RunAsync"/>.</summary>
internal delegate Task<EngineRun> PartEngine(
    EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken);

/// <summary>Uses the results of a part that has completed, while others may still run.</summary>
/// <param name="part">Which it is, counted from 0.</param>
/// <param name="folder">Where its results are.</param>
/// <param name="noLonger">Nobody waits for what comes of it.</param>
internal delegate void PartCompleted(int part, string folder, CancellationToken noLonger);

/// <summary>How parts ended.</summary>
/// <param name="Run">As one run: of parts that all completed together, else of the part that did not.</param>
/// <param name="Folders">Where each part's results are; where <see cref="Run"/> did not complete, those of the part it tells of.</param>
internal sealed record EndedParts(EngineRun Run, IReadOnlyList<string> Folders);

/// <summary>Runs the parts of a model, under one deadline; one that does not complete ends all.</summary>
/// <param name="run">Starts each.</param>
/// <param name="folder">A folder of ours; each part gets one in it.</param>
internal sealed class PartsRunner(PartEngine run, string folder)
{
    /// <param name="plan">The parts.</param>
    /// <param name="request">How each is run.</param>
    /// <param name="progress">Is told how far all are; null: nobody listens.</param>
    /// <param name="completed">Uses the results of one that has completed, while others may still run; null: nobody does.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EnergyPlusException">One could not be started at all.</exception>
    /// <exception cref="OperationCanceledException">Canceled; all are gone by then.</exception>
    public async Task<EndedParts> RunAsync(
        PartPlan plan, EngineRequest request, IProgress<EngineProgress>? progress, PartCompleted? completed,
        CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var parts = plan.Parts.Count;
        var whole = progress is null ? null : new ProgressOfParts(progress, parts, () => Stopwatch.GetElapsedTime(began));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(request.Stop);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, cancellationToken);
        using var turns = new SemaphoreSlim(plan.AtOnce);
        var first = -1; // that did not complete by itself
        var ends = new TimeSpan[parts];
        var runs = plan.Parts.Select((part, index) => RunOneAsync(part, index)).ToList();
        var ended = await Task.WhenAll(runs).ConfigureAwait(false);
        var elapsed = ends.Max();
        return first >= 0
            ? new(Together(ended[first]!), [OutputOf(first)])
            : new(Together(ended[^1]!), [.. Enumerable.Range(0, parts).Select(OutputOf)]);

        EngineRun Together(EngineRun told) => told with
        {
            Elapsed = elapsed,
            CpuTime = Sum(ended),
            PeakMemoryBytes = Peak(ended, plan.AtOnce),
            Warm = ended.All(one => one is { Warm: true }),
        };

        async Task<EngineRun?> RunOneAsync(RunPart part, int index)
        {
            try
            {
                await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    // What the deadline keeps from beginning begins all the same, is stopped at once, and says so.
                    if (stop.IsCancellationRequested && !request.Stop.IsCancellationRequested) return null;
                    var one = await RequestOf(part, index, began, plan, request, stop.Token, cancellationToken).ConfigureAwait(false);
                    var ending = await run(one, whole?.Of(index), cancellationToken).ConfigureAwait(false);
                    ends[index] = Stopwatch.GetElapsedTime(began);
                    if (ending.Outcome is RunOutcome.Completed)
                    {
                        completed?.Invoke(index, OutputOf(index), either.Token);
                        return ending;
                    }
                    if (Interlocked.CompareExchange(ref first, index, -1) == -1) await stop.CancelAsync().ConfigureAwait(false);
                    return ending;
                }
                finally { turns.Release(); }
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false); // the others end, and the caller is told when they have
                throw;
            }
        }
    }

    private async Task<EngineRequest> RequestOf(
        RunPart part, int index, long began, PartPlan plan, EngineRequest request, CancellationToken stop,
        CancellationToken cancellationToken)
    {
        var place = Path.Combine(folder, FormattableString.Invariant($"{index + 1}"));
        Directory.CreateDirectory(OutputOf(index));
        var model = Path.Combine(place, Path.GetFileName(request.ModelPath));
        await File.WriteAllBytesAsync(model, part.Text, cancellationToken).ConfigureAwait(false);
        var left = request.Timeout - Stopwatch.GetElapsedTime(began);
        return request with
        {
            ModelPath = model,
            OutputDirectory = OutputOf(index),
            Timeout = left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1),
            Stop = stop,
            ExpandObjects = false,
            Shares = plan.AtOnce,
        };
    }

    private string OutputOf(int index) => Path.Combine(folder, FormattableString.Invariant($"{index + 1}"), "out");

    /// <summary>What those may have held together that ran at once: no sum of peaks is larger.</summary>
    private static long Peak(IEnumerable<EngineRun?> ended, int atOnce) =>
        ended.OfType<EngineRun>().Select(one => one.PeakMemoryBytes).OrderDescending().Take(atOnce).Sum();

    private static TimeSpan Sum(IEnumerable<EngineRun?> ended) =>
        ended.OfType<EngineRun>().Aggregate(TimeSpan.Zero, (sum, one) => sum + one.CpuTime);
}
