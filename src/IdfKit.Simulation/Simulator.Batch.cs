using IdfKit.Engine;
using IdfKit.Simulation.Batches;
using IdfKit.Storage;

namespace IdfKit.Simulation;

public sealed partial class Simulator
{
    /// <inheritdoc cref="SimulateBatchAsync"/>
    public BatchResult SimulateBatch(
        IEnumerable<SimulationJob> jobs, BatchOptions? options = null,
        IFileSystem? fileSystem = null, IProgress<BatchProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Blocking.Wait(() => SimulateBatchAsync(jobs, options, fileSystem?.AsAsync(), progress, cancellationToken));

    /// <summary>Simulates jobs, several at a time. A job's failure never ends the batch.</summary>
    /// <param name="jobs">What to simulate; each with an output directory of its own.</param>
    /// <param name="options">How many at a time; null: the defaults.</param>
    /// <param name="fileSystem">Where inputs and output directories lie; null: this machine's disk.</param>
    /// <param name="progress">Is told, on the threads that do the work, whenever a job moves.</param>
    /// <param name="cancellationToken">Stops what runs; what has ended stays.</param>
    /// <returns>The results in the order of the jobs.</returns>
    /// <exception cref="ArgumentException">Two jobs share an output directory; nothing has run.</exception>
    public async Task<BatchResult> SimulateBatchAsync(
        IEnumerable<SimulationJob> jobs, BatchOptions? options = null,
        IAsyncFileSystem? fileSystem = null, IProgress<BatchProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var batch = Batch(jobs, options, fileSystem, progress);
        var began = _time.GetTimestamp();
        var results = new SimulationResult[batch.Count];
        await foreach (var ended in batch.RunAsync(cancellationToken).ConfigureAwait(false))
            results[ended.Index] = ended.Result ?? Unable(ended, fileSystem);
        return new(results, _time.GetElapsedTime(began));
    }

    /// <summary>Simulates jobs, several at a time, and gives each when it has ended. Leaving the stream stops the rest.</summary>
    /// <inheritdoc cref="SimulateBatchAsync"/>
    /// <returns>One event a job, in the order in which they end.</returns>
    public IAsyncEnumerable<SimulationEvent> SimulateBatchStreamAsync(
        IEnumerable<SimulationJob> jobs, BatchOptions? options = null,
        IAsyncFileSystem? fileSystem = null, IProgress<BatchProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Batch(jobs, options, fileSystem, progress).RunAsync(cancellationToken);

    private JobBatch Batch(
        IEnumerable<SimulationJob> jobs, BatchOptions? options, IAsyncFileSystem? fileSystem, IProgress<BatchProgress>? progress) =>
        new(jobs, options ?? new(), fileSystem, progress, _time, (job, moved, token) => SimulateAsync(job, fileSystem, moved, token));

    private static SimulationResult Unable(SimulationEvent ended, IAsyncFileSystem? fileSystem) =>
        new(StoredPlace.Of(ended.Job.OutputDirectory ?? Path.GetTempPath(), ended.Job.OutputDirectory is null ? null : fileSystem),
            ended.Job.OutputDirectory ?? "", new(null, RunOutcome.Rejected, [], TimeSpan.Zero), ended.Error);
}
