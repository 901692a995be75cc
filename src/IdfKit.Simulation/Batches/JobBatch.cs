using System.Runtime.CompilerServices;
using System.Threading.Channels;

using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Simulation.Batches;

/// <summary>
/// The one body behind batch and stream: runs jobs with a bound, hands out each as it ends, and stops the rest when
/// nobody listens any more.
/// </summary>
internal sealed class JobBatch
{
    private readonly IReadOnlyList<SimulationJob> _jobs;
    private readonly BatchOptions _options;
    private readonly IProgress<BatchProgress>? _progress;
    private readonly TimeProvider _time;
    private readonly Func<SimulationJob, IProgress<SimulationProgress>?, CancellationToken, Task<SimulationResult>> _simulate;
    private readonly bool _isSideBySide;
    private int _ended, _failed;
    private long _began;

    /// <exception cref="ArgumentException">Two jobs share an output directory.</exception>
    public JobBatch(
        IEnumerable<SimulationJob> jobs, BatchOptions options,
        IAsyncFileSystem? fileSystem, IProgress<BatchProgress>? progress, TimeProvider time,
        Func<SimulationJob, IProgress<SimulationProgress>?, CancellationToken, Task<SimulationResult>> simulate)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        (_jobs, _options, _progress, _time, _simulate) = ([.. jobs], options, progress, time, simulate);
        _isSideBySide = _jobs.Count > 1 && options.MaxConcurrency > 1;
        RefuseSharedDirectories(_jobs, fileSystem);
    }

    public int Count => _jobs.Count;

    public async IAsyncEnumerable<SimulationEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = Channel.CreateUnbounded<SimulationEvent>(new() { SingleReader = true });
        _began = _time.GetTimestamp();
        var running = RunAllAsync(ended.Writer, leave.Token);
        try
        {
            // Not under the caller's token: a canceled batch ends when its processes have.
            await foreach (var one in ended.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false)) yield return one;
        }
        finally
        {
            await leave.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task RunAllAsync(ChannelWriter<SimulationEvent> ended, CancellationToken cancellationToken)
    {
        var bound = new ParallelOptions { MaxDegreeOfParallelism = _options.MaxConcurrency, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForAsync(0, _jobs.Count, bound, async (index, token) => await ended.WriteAsync(
                await RunOneAsync(index, token).ConfigureAwait(false),
                CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);
            ended.Complete();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { ended.Complete(); } // who reads knows it
        catch (Exception e) { ended.Complete(e); } // the listener to the batch's progress threw: the reader is told
    }

    private async ValueTask<SimulationEvent> RunOneAsync(int index, CancellationToken cancellationToken)
    {
        var job = _jobs[index];
        SimulationEvent one;
        try
        {
            var moved = _progress is null ? null : new Moved(this, index);
            one = new(index, job, await _simulate(Whole(job), moved, cancellationToken).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { throw; }
        catch (Exception e) { one = new(index, job, null, e); } // the other jobs go on; this one's event says why it did not

        if (one.Result is not { Succeeded: true }) Interlocked.Increment(ref _failed);
        Interlocked.Increment(ref _ended);
        Report(index, null);
        return one;
    }

    /// <summary>Whole jobs side by side are the better use of processors than parts of one.</summary>
    private SimulationJob Whole(SimulationJob job) =>
        _isSideBySide && job.Options.Parallel is not Parallelism.Off
            ? job with { Options = job.Options with { Parallel = Parallelism.Off } }
            : job;

    private void Report(int index, SimulationProgress? current) =>
        _progress?.Report(new(
            _jobs.Count, Volatile.Read(ref _ended), Volatile.Read(ref _failed), index, current, _time.GetElapsedTime(_began)));

    private static void RefuseSharedDirectories(IReadOnlyList<SimulationJob> jobs, IAsyncFileSystem? fileSystem)
    {
        var ignoresCase = fileSystem is null && (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS());
        var owners = new Dictionary<string, int>(ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        for (var index = 0; index < jobs.Count; index++)
        {
            var job = jobs[index] ?? throw new ArgumentException($"Job {index} of the batch is null.", nameof(jobs));
            if (job.OutputDirectory is null) continue; // each gets its own
            var directory = StoredPlace.Of(job.OutputDirectory, fileSystem).Shown;
            if (owners.TryAdd(directory, index)) continue;
            var first = owners[directory];
            throw new ArgumentException(
                $"Job {first} ('{jobs[first]}') and job {index} ('{job}') share the output directory "
                    + $"'{directory}' and would overwrite each other; give each its own. Nothing was run.", nameof(jobs));
        }
    }

    private sealed class Moved(JobBatch batch, int index) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => batch.Report(index, value);
    }
}
