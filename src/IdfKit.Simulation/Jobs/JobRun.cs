using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Records;
using IdfKit.Runs.Staging;
using IdfKit.Simulation.Caching;
using IdfKit.Simulation.Results;
using IdfKit.Simulation.Storing;
using IdfKit.Storage;
using IdfKit.Storage.Files;
using IdfKit.Storage.Local;

namespace IdfKit.Simulation.Jobs;

/// <summary>What becomes of one job: staged, checked, looked up, simulated, stored.</summary>
internal sealed class JobRun
{
    private readonly SimulationJob _job;
    private readonly IAsyncFileSystem? _fileSystem;
    private readonly Engines _engines;
    private readonly SimulationCache? _cache;
    private readonly JobProgress _progress;
    private readonly TimeProvider _time;
    private readonly RunStopwatch _watch;
    private readonly StoredPlace _place;
    private readonly ResultStore _store;
    private RunRecord _record;

    public JobRun(SimulationJob job, IAsyncFileSystem? fileSystem, Engines engines, SimulationCache? cache, JobProgress progress, TimeProvider time)
    {
        job.Options.Check(job);
        (_job, _fileSystem, _engines, _cache, _progress, _time) = (job, fileSystem, engines, cache, progress, time);
        _watch = new(time);
        _place = StoredPlace.Of(job.OutputDirectory, fileSystem);
        StoragePath.Check(_place.Path, nameof(Simulator.Simulate));
        _store = new(_place);
        var now = time.GetUtcNow();
        _record = new()
        {
            RunId = Guid.CreateVersion7(now).ToString("N"),
            Status = RunStatus.Running,
            Input = new("", StoredPlace.OfInput(job.Model, fileSystem).Shown),
            Label = job.Label,
            StartedAt = now,
        };
    }

    public async Task<SimulationResult> RunAsync(string workDirectory, CancellationToken cancellationToken)
    {
        var local = _place.LocalPath ?? workDirectory;
        try { return await RunOnDiskAsync(local, cancellationToken).ConfigureAwait(false); }
        catch (Exception e) when (LocalErrors.IsOfDisk(e)) { throw LocalErrors.Wrap(e, nameof(Simulator.Simulate), local); }
    }

    private async Task<SimulationResult> RunOnDiskAsync(string workDirectory, CancellationToken cancellationToken)
    {
        _progress.Report(SimulationPhase.Staging);
        // On local disk the run lies where its results go, so that they need only be moved.
        using var folders = _place.LocalPath is { } output ? new MadeFolders(output) : null;
        if (folders is not null) Workspace.RemoveAbandoned(workDirectory);
        using var directory = Workspace.Create(workDirectory, _record.RunId);

        var stager = new JobStager(_job, _fileSystem);
        var staged = await stager.StageAsync(directory, cancellationToken).ConfigureAwait(false);
        _record = _record with { Input = staged.Input, Weather = staged.Weather, TimingsMs = _record.TimingsMs with { Stage = _watch.LapMs() } };
        if (staged.Rejection is { } unfit) return await RejectAsync(unfit, directory, cancellationToken).ConfigureAwait(false);

        var engine = _engines.For(staged.Model!.Version);
        staged = await PrepareAsync(staged, engine.Installation, cancellationToken).ConfigureAwait(false);
        // What EPMacro has included may name files of its own.
        if (staged is { Rejection: null, IsRewritten: true }) staged = await stager.FetchReferencedAsync(staged, cancellationToken).ConfigureAwait(false);
        if (staged.Rejection is { } refused) return await RejectAsync(refused, directory, cancellationToken).ConfigureAwait(false);

        var key = _cache is null ? default(CacheKey?) : await CacheKey.OfAsync(staged, _job.Options, engine.Installation, cancellationToken).ConfigureAwait(false);
        if (key is { } wanted && await FromCacheAsync(wanted, directory, cancellationToken).ConfigureAwait(false) is { } cached) return cached;

        await SimulateAsync(staged, engine, directory, cancellationToken).ConfigureAwait(false);
        // A kept record is stored as it was kept, so that a later hit of the same job finds it there.
        var kept = key is { } fresh && _record.Status is RunStatus.Completed ? await KeepAsync(fresh, directory, cancellationToken).ConfigureAwait(false) : null;
        return await StoreAsync(directory, files => kept ?? Finished(files), error: null, isFromCache: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StagedJob> PrepareAsync(StagedJob staged, EnergyPlusInstallation installation, CancellationToken cancellationToken)
    {
        var options = _job.Options;
        var preparation = new PreparationOptions
        {
            VersionPolicy = options.VersionPolicy,
            RunMacros = options.RunMacros,
            ExpandObjects = options.ExpandObjects,
            Variables = options.Variables,
            Meters = options.Meters,
            WeatherPath = staged.WeatherPath,
            Timeout = options.PreprocessorTimeout,
        };
        var prepared = await ModelPreparation.PrepareAsync(staged.Model!, staged.ModelPath, installation, preparation, cancellationToken).ConfigureAwait(false);
        staged = staged with { Model = prepared.Model, AddedObjects = prepared.AddedObjects, IsExpanded = prepared.IsExpanded, IsRewritten = prepared.Model != staged.Model };
        _record = _record with
        {
            Engine = new(installation.Version.ToString(), installation.Build, installation.IsReplay),
            AddedObjects = prepared.AddedObjects,
            Options = new()
            {
                Annual = options.Annual,
                DesignDay = IsDesignDay(staged),
                ExpandObjects = Expands(staged),
                Readvars = options.ReadVars,
                TimeoutSeconds = options.Timeout.TotalSeconds,
            },
            TimingsMs = _record.TimingsMs with { Preprocess = _watch.LapMs() },
        };
        return prepared.Refusal is { } refusal ? staged with { Rejection = Rejection.Of(refusal) } : staged;
    }

    private async Task SimulateAsync(StagedJob staged, StartedEngine engine, Workspace directory, CancellationToken cancellationToken)
    {
        var options = _job.Options;
        var request = new EngineRequest
        {
            ModelPath = staged.ModelPath,
            WeatherPath = staged.WeatherPath,
            OutputDirectory = directory.Outputs,
            WorkingDirectory = staged.WorkingDirectory,
            Annual = options.Annual,
            DesignDay = IsDesignDay(staged),
            ExpandObjects = Expands(staged) && !staged.IsExpanded,
            ReadVars = options.ReadVars,
            Timeout = options.Timeout,
            OutputPrefix = options.OutputPrefix,
            OutputSuffix = options.OutputSuffix,
            ExtraArguments = options.ExtraArguments,
        };
        var ended = await engine.Runner.RunAsync(request, _progress.Engine, cancellationToken).ConfigureAwait(false);
        _record = _record with { TimingsMs = _record.TimingsMs with { Simulate = _watch.LapMs() } };
        var summary = await directory.SummarizeAsync(cancellationToken, options.OutputPrefix, options.OutputSuffix).ConfigureAwait(false);
        _record = EndedRun.Describe(_record, ended, directory.Outputs, summary, new(RunReason.Timeout, options.Timeout));
    }

    // Without -D EnergyPlus insists on a weather file.
    private bool IsDesignDay(StagedJob staged) => _job.Options.DesignDay || staged.WeatherPath is null;

    private bool Expands(StagedJob staged) => _job.Options.ExpandObjects && staged.Model!.Needs.HasFlag(ModelNeeds.ExpandObjects);

    private async Task<SimulationResult?> FromCacheAsync(CacheKey key, Workspace directory, CancellationToken cancellationToken)
    {
        if (await _cache!.FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } entry) return null;
        // The record is that of the run that made the results, for this job's inputs: the same hit gives the same record.
        var record = entry.Record with { Input = _record.Input, Weather = _record.Weather, Label = _record.Label };
        if (await _store.HoldsAsync(record, cancellationToken).ConfigureAwait(false)) return Result(record, error: null, isFromCache: true);
        if (!await _cache.TryExtractAsync(key, entry, directory.Outputs, directory.Scratch, cancellationToken).ConfigureAwait(false)) return null;
        return await StoreAsync(directory, _ => record, error: null, isFromCache: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunRecord> KeepAsync(CacheKey key, Workspace directory, CancellationToken cancellationToken)
    {
        var files = ResultFile.In(directory.Outputs);
        var record = Finished(ResultUpload.ForRecord(await ResultUpload.HashAsync(files, cancellationToken).ConfigureAwait(false)));
        await _cache!.KeepAsync(key, record, files, directory.Scratch, cancellationToken).ConfigureAwait(false);
        return record;
    }

    private Task<SimulationResult> RejectAsync(Rejection rejection, Workspace directory, CancellationToken cancellationToken)
    {
        _record = _record with { Status = RunStatus.Rejected, Reason = rejection.Reason, Message = rejection.Message };
        return StoreAsync(directory, Finished, rejection.Cause, isFromCache: false, cancellationToken);
    }

    private async Task<SimulationResult> StoreAsync(
        Workspace directory, Func<IReadOnlyList<RunFile>, RunRecord> finish, Exception? error, bool isFromCache, CancellationToken cancellationToken)
    {
        _progress.Report(SimulationPhase.Storing);
        var record = await _store.StoreAsync(_record, directory.Outputs, finish, cancellationToken).ConfigureAwait(false);
        return Result(record, error, isFromCache);
    }

    private SimulationResult Result(RunRecord record, Exception? error, bool isFromCache)
    {
        _progress.Report(SimulationPhase.Complete);
        return new(_place, _job.OutputDirectory, StoredRun.From(record, _place), error, isFromCache);
    }

    private RunRecord Finished(IReadOnlyList<RunFile> files) => _record with
    {
        Files = files,
        FinishedAt = _time.GetUtcNow(),
        TimingsMs = _record.TimingsMs with { Upload = _watch.LapMs(), Total = _watch.TotalMs },
    };
}
