using IdfKit.Runs;
using IdfKit.Runs.Caching;
using IdfKit.Runs.Publishing;
using IdfKit.Runs.Records;
using IdfKit.Runs.Staging;
using IdfKit.Simulation.Caching;
using IdfKit.Simulation.Storing;
using IdfKit.Simulation.Results;
using IdfKit.Storage;
using IdfKit.Storage.Files;

namespace IdfKit.Simulation.Jobs;

/// <summary>
/// What becomes of one job: its model is run, or its results are found in the cache, and stored where the job wants
/// them.
/// </summary>
internal sealed class JobRun
{
    private readonly SimulationJob _job;
    private readonly IAsyncFileSystem? _fileSystem;
    private readonly IEngines _engines;
    private readonly SimulationCache? _cache;
    private readonly JobProgress _progress;
    private readonly TimeProvider _time;
    private readonly RunStopwatch _watch;
    private readonly string _directory;
    private readonly StoredPlace _place;
    private readonly ResultStore _store;

    public JobRun(
        SimulationJob job, IAsyncFileSystem? fileSystem, IEngines engines, SimulationCache? cache,
        JobProgress progress, TimeProvider time)
    {
        job.Options.Check(job);
        (_job, _fileSystem, _engines, _cache, _progress, _time) = (job, fileSystem, engines, cache, progress, time);
        _watch = new(time);
        _directory = job.OutputDirectory ?? Path.Combine(Path.GetTempPath(), "idfkit-run-" + Guid.CreateVersion7().ToString("N"));
        _place = StoredPlace.Of(_directory, job.OutputDirectory is null ? null : fileSystem);
        StoragePath.Check(_place.Path, "Simulate");
        _store = new(_place);
    }

    public async Task<SimulationResult> RunAsync(string workDirectory, CancellationToken cancellationToken)
    {
        var local = _place.LocalPath ?? workDirectory;
        try { return await RunOnDiskAsync(local, cancellationToken).ConfigureAwait(false); }
        catch (Exception e) when (LocalErrors.IsOfDisk(e)) { throw LocalErrors.Wrap(e, "Simulate", local); }
    }

    private async Task<SimulationResult> RunOnDiskAsync(string workDirectory, CancellationToken cancellationToken)
    {
        _progress.Report(SimulationPhase.Staging);
        // On local disk the run lies where its results go, so that they need only be moved.
        using var folders = _place.LocalPath is { } output ? new MadeFolders(output) : null;
        if (folders is not null) Workspace.RemoveAbandoned(workDirectory);
        var begun = Begun();
        using var workspace = Workspace.Create(workDirectory, begun.RunId);

        var run = new ModelRun(new JobSource(_job, _fileSystem), _engines, workspace, begun, _watch);
        if (await run.PrepareAsync(cancellationToken).ConfigureAwait(false) is { } objection)
        {
            run.Reject(objection);
            var rejected = await ReportedAsync(run, cancellationToken).ConfigureAwait(false);
            return await StoreAsync(run, rejected, kept: null, objection.Cause, cancellationToken).ConfigureAwait(false);
        }

        var key = _cache is null ? default(CacheKey?) : await CacheKey.OfAsync(run, [], cancellationToken).ConfigureAwait(false);
        if (key is { } wanted && await FromCacheAsync(run, wanted, cancellationToken).ConfigureAwait(false) is { } cached) return cached;

        await run.SimulateAsync(_progress.Engine, RunDeadline.None, cancellationToken).ConfigureAwait(false);
        await run.SummarizeAsync(keepsEncoding: false, cancellationToken).ConfigureAwait(false);
        // A kept record is stored as it was kept, so that a later hit of the same job finds it there.
        var results = await ReportedAsync(run, cancellationToken).ConfigureAwait(false);
        var isKept = key is not null && run.Record.Status is RunStatus.Completed;
        var kept = isKept ? await KeepAsync(run, results, key!.Value, cancellationToken).ConfigureAwait(false) : null;
        return await StoreAsync(run, results, kept, error: null, cancellationToken).ConfigureAwait(false);
    }

    private RunRecord Begun()
    {
        var now = _time.GetUtcNow();
        return new()
        {
            RunId = Guid.CreateVersion7(now).ToString("N"),
            Status = RunStatus.Running,
            Input = new("", StoredPlace.OfInput(_job.Model, _fileSystem).Shown),
            Label = _job.Label,
            StartedAt = now,
        };
    }

    /// <summary>The results of a run and its page.</summary>
    private async Task<LeftResults> ReportedAsync(ModelRun run, CancellationToken cancellationToken)
    {
        await run.ReportAsync(run.Results().Files, _time.GetUtcNow(), memoryMegabytes: null, cancellationToken).ConfigureAwait(false);
        return run.Results();
    }

    private async Task<SimulationResult?> FromCacheAsync(ModelRun run, CacheKey key, CancellationToken cancellationToken)
    {
        if (await _cache!.FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } entry) return null;
        // The record is that of the run that made the results, for this job's inputs: the same hit gives the same record.
        var (made, mine) = (entry.Record, run.Record);
        var record = made with
        {
            Input = mine.Input, Weather = mine.Weather, Label = mine.Label, Tags = mine.Tags, Study = mine.Study, Options = mine.Options,
            Notices = run.NoticesOf(made),
        };
        if (await _store.HoldsAsync(record, cancellationToken).ConfigureAwait(false)) return Result(record, error: null, isFromCache: true);
        var workspace = run.Workspace;
        if (!await _cache.TryExtractAsync(key, entry, workspace.Outputs, workspace.Scratch, cancellationToken).ConfigureAwait(false))
            return null;
        _progress.Report(SimulationPhase.Storing);
        ResultFile[] files = [.. record.Files.Select(
            file => new ResultFile(Path.Combine(workspace.Outputs, file.Path), file.Path, file.SizeBytes))];
        await _store.StoreAsync(run.Record, files, new LeftBehind(), _ => record, cancellationToken).ConfigureAwait(false);
        return Result(record, error: null, isFromCache: true);
    }

    private async Task<RunRecord> KeepAsync(ModelRun run, LeftResults results, CacheKey key, CancellationToken cancellationToken)
    {
        var archived = await CacheArchive.WriteAsync(run.Workspace.Scratch, results.Files, cancellationToken).ConfigureAwait(false);
        run.Tell(results.Behind);
        var record = Finished(run, ResultUpload.ForRecord(archived));
        await _cache!.KeepAsync(key, record, run.Workspace.Scratch, cancellationToken).ConfigureAwait(false);
        return record;
    }

    private async Task<SimulationResult> StoreAsync(
        ModelRun run, LeftResults results, RunRecord? kept, Exception? error, CancellationToken cancellationToken)
    {
        _progress.Report(SimulationPhase.Storing);
        var changed = new LeftBehind();
        var record = await _store.StoreAsync(run.Record, results.Files, changed, files =>
        {
            if (kept is not null && kept.Files.SequenceEqual(files)) return kept;
            if (kept is null) run.Tell(results.Behind);
            run.Tell(changed);
            return Finished(run, files);
        }, cancellationToken).ConfigureAwait(false);
        return Result(record, error, isFromCache: false, run.Printed);
    }

    private SimulationResult Result(RunRecord record, Exception? error, bool isFromCache, string printed = "")
    {
        _progress.Report(SimulationPhase.Complete);
        return new(_place, _directory, StoredRun.From(record, _place), error, isFromCache) { Printed = printed };
    }

    private RunRecord Finished(ModelRun run, IReadOnlyList<RunFile> files)
    {
        run.Published();
        return run.Finish(files, _time.GetUtcNow());
    }
}
