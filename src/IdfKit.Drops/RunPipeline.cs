using IdfKit.Drops.Claims;
using IdfKit.Drops.Inputs;
using IdfKit.Drops.Jobs;
using IdfKit.Drops.Notes;
using IdfKit.Drops.Objects;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Runs.Records;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>
/// What a dropped model becomes: claim, stage, simulate, upload, commit. The model's fault ends as a committed record; the
/// world's fault throws, so that the event is delivered again.
/// </summary>
public sealed class RunPipeline
{
    private static readonly TimeSpan LargestMargin = TimeSpan.FromSeconds(10), LeastTimeForOneMore = TimeSpan.FromSeconds(60);
    private const int MostRestarts = 20; // each one needs another file to have arrived

    private readonly RunSettings _settings;
    private readonly IBucketSource _buckets;
    private readonly EnergyPlusInstallation _installation;
    private readonly EngineOfRuns _engine;
    private readonly TimeProvider _time;

    /// <param name="settings">Prefixes, limits, what is allowed.</param>
    /// <param name="buckets">Where models come from and results go.</param>
    /// <param name="installation">The EnergyPlus that runs them.</param>
    /// <param name="runner">Runs it; its owner disposes it.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public RunPipeline(RunSettings settings, IBucketSource buckets, EnergyPlusInstallation installation, EnergyPlusRunner runner, TimeProvider? time = null)
        : this(settings, buckets, installation, runner.RunAsync, time ?? TimeProvider.System)
    {
    }

    internal RunPipeline(RunSettings settings, IBucketSource buckets, EnergyPlusInstallation installation, EngineOfRuns engine, TimeProvider time)
    {
        (_settings, _buckets, _installation, _engine, _time) = (settings, buckets, installation, engine, time);
        _ = new OutputLayout(settings.InputPrefix, settings.OutputPrefix, sameBucket: settings.OutputBucket is null); // refuse a loop at start
    }

    /// <summary>Removes what crashed runs have left on local disk. To be called before the runs of an invocation begin.</summary>
    public void RemoveAbandoned() => Workspace.RemoveAbandoned(_settings.WorkDirectory);

    /// <summary>
    /// Runs the dropped object, if it is a model that has not been run yet; if it is a file that rejected models wait for, runs those.
    /// </summary>
    /// <returns>What became of it, or of each model that waited for it; never empty.</returns>
    /// <exception cref="StorageException">A bucket failed: the world's fault, to be retried.</exception>
    /// <exception cref="EnergyPlusException">EnergyPlus could not be started: the world's fault.</exception>
    /// <exception cref="RunDeferredException">An older run of this key is writing its results, or the time does not suffice for all models that waited.</exception>
    public async Task<IReadOnlyList<RunResult>> RunAsync(DroppedObject drop, Delivery invocation, CancellationToken cancellationToken = default)
    {
        if (invocation.Deadline is null && UnfinishedModels.IsNote(drop.Key, _settings.OutputPrefix)) return await TakeUpAsync(drop, invocation, cancellationToken).ConfigureAwait(false);
        var results = ResultsOf(drop.Bucket);
        var kind = results.Layout.KindOf(drop.Key, results.InSameBucket);
        var waiting = kind.MayBeAwaited && drop.Key.IsPath ? await results.Waiting.ForAsync(drop, cancellationToken).ConfigureAwait(false) : [];
        if (waiting.Count == 0 && kind.IsAnswered) return [await RunModelAsync(drop, results, invocation, cancellationToken).ConfigureAwait(false)];
        if (waiting.Count == 0) return [new(RunResultKind.Ignored, results.Layout.WhyNotRun(drop.Key, results.InSameBucket)!)];
        var ended = new List<RunResult>();
        foreach (var model in waiting)
        {
            if (ended.Count > 0 && invocation.Deadline is { } deadline && deadline - _time.GetUtcNow() < LeastTimeForOneMore)
                throw new RunDeferredException($"{waiting.Count - ended.Count} more models wait for {drop.Url}; they are run when this event is delivered again.");
            ended.Add(await RunModelAsync(model, results, invocation, cancellationToken).ConfigureAwait(false));
        }
        return ended;
    }

    /// <summary>Runs the model that a note points to. The note goes once this model's record has ended, and stays when this fails.</summary>
    private async Task<IReadOnlyList<RunResult>> TakeUpAsync(DroppedObject note, Delivery invocation, CancellationToken cancellationToken)
    {
        var notes = new UnfinishedModels(_buckets.Open(note.Bucket), _settings.OutputPrefix);
        if (await notes.ReadAsync(note.Key, cancellationToken).ConfigureAwait(false) is not { } model)
            return [new(RunResultKind.Duplicate, $"The note {note.Url} has been taken up already.")];
        var results = await RunAsync(model, invocation, cancellationToken).ConfigureAwait(false);
        // Newer content that took over may yet be stopped itself, and its note is the same one.
        if (results.All(result => result.Kind != RunResultKind.Superseded && result.Record is not { Status: RunStatus.Running })) await notes.RemoveAsync(note.Key, cancellationToken).ConfigureAwait(false);
        return results;
    }

    private ResultsPlace ResultsOf(string inputBucket)
    {
        var bucket = _settings.OutputBucket ?? inputBucket;
        var layout = new OutputLayout(_settings.InputPrefix, _settings.OutputPrefix, bucket == inputBucket);
        var files = _buckets.Open(bucket);
        return new(bucket, bucket == inputBucket, files, layout, new WaitingModels(files, layout), _settings.HandOver ? new UnfinishedModels(files, _settings.OutputPrefix) : null);
    }

    /// <summary>Runs a model; and again for as long as what it was rejected for turns out to have arrived meanwhile.</summary>
    private async Task<RunResult> RunModelAsync(DroppedObject drop, ResultsPlace results, Delivery invocation, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = await RunOnceAsync(drop, results, invocation, cancellationToken).ConfigureAwait(false);
            // A companion's own event looks for rejected models. One that came before this record was committed has found none, so it is looked for here.
            if (attempt == MostRestarts || result.Record is not { Status: RunStatus.Rejected, Missing.Count: > 0 } rejected) return result;
            if (await WaitingModels.ArrivedAsync(_buckets.Open(drop.Bucket), rejected, cancellationToken).ConfigureAwait(false) is not { } companion) return result;
            drop = WaitingModels.Again(rejected, companion);
        }
    }

    private async Task<RunResult> RunOnceAsync(DroppedObject drop, ResultsPlace results, Delivery invocation, CancellationToken cancellationToken)
    {
        var folder = results.Layout.FolderOf(drop.Key);
        var outputUrl = S3Url.Of(results.Bucket, folder);
        drop = await WithOrderAsync(drop, cancellationToken).ConfigureAwait(false) with { MayTakeLonger = invocation.Deadline is null };
        var run = new ActiveRun(_time, drop, invocation, folder, results.Files);
        using var directory = Workspace.Create(_settings.WorkDirectory, run.Record.RunId);

        var expires = invocation.Deadline is { } deadline ? deadline + _settings.ClaimGrace : _time.GetUtcNow() + _settings.Lease;
        var (claim, verdict, existing) = await RunClaim.AcquireAsync(
            run.Output, folder, directory.ScratchRecord, drop, run.Record with { ExpiresAt = expires }, _time, cancellationToken).ConfigureAwait(false);
        if (claim is null) return Decline(verdict, existing, drop, invocation, outputUrl);

        run.Record = run.Record with { Sequencer = claim.Record.Sequencer };
        try
        {
            var committed = invocation.Deadline is null
                ? await RunRenewedAsync(run, claim, results, directory, cancellationToken).ConfigureAwait(false)
                : await RunClaimedAsync(run, claim, results, directory, cancellationToken).ConfigureAwait(false);
            return committed is null
                ? new(RunResultKind.Superseded, $"Newer content of {drop.Url} took over; this run stopped without writing.") { OutputUrl = outputUrl }
                : new(RunResultKind.Committed, committed.Message ?? $"{drop.Url} {committed.Status}.") { Record = committed, OutputUrl = outputUrl };
        }
        catch (Exception)
        {
            await ReleaseAsync(claim).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A drop without a sequencer is ordered by the object itself: its LastModified and ETag. Costs one HEAD.</summary>
    private async Task<DroppedObject> WithOrderAsync(DroppedObject drop, CancellationToken cancellationToken)
    {
        if (drop.Sequencer is not null || !drop.Key.IsPath) return drop;
        try
        {
            var entry = await _buckets.Open(drop.Bucket).StatAsync(drop.Key.Value, cancellationToken).ConfigureAwait(false);
            return drop with { EventTime = entry.Modified, ETag = entry.ETag, VersionId = entry.VersionId };
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound)
        {
            return drop with { EventTime = DateTimeOffset.MinValue }; // gone: older than any run of it, so that no results give way to it
        }
    }

    private async Task<RunRecord?> RunRenewedAsync(ActiveRun run, RunClaim claim, ResultsPlace results, Workspace directory, CancellationToken cancellationToken)
    {
        var renewal = new ClaimRenewal(claim, _settings.Lease, _time);
        await using (renewal.ConfigureAwait(false))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, renewal.Lost);
            try { return await RunClaimedAsync(run, claim, results, directory, either.Token).ConfigureAwait(false); }
            catch (OperationCanceledException) when (renewal.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return renewal.Failure is null
                    ? null
                    : throw new RunDeferredException($"The claim on {run.Drop.Url} could not be renewed before it ran out, so the run stopped; it is to be run again. {renewal.Failure.Message}");
            }
        }
    }

    private async Task<RunRecord?> RunClaimedAsync(ActiveRun run, RunClaim claim, ResultsPlace results, Workspace directory, CancellationToken cancellationToken)
    {
        if (results.Layout.KindOf(run.Drop.Key, results.InSameBucket) is DropKind.MistakenModel mistaken)
            return await RejectAsync(run, claim, results, new(mistaken.Reason, mistaken.Sentence), cancellationToken).ConfigureAwait(false);
        var stager = new Stager(_settings, _buckets, _installation);
        var staged = await stager.StageAsync(run.Drop, directory, cancellationToken).ConfigureAwait(false);
        run.Apply(staged);
        run.Lap(stage: true);
        if (staged.Rejection is { } unfit) return await RejectAsync(run, claim, results, unfit, cancellationToken).ConfigureAwait(false);

        staged = await stager.PrepareAsync(staged, cancellationToken).ConfigureAwait(false);
        run.Record = run.Record with { AddedObjects = staged.AddedObjects, Engine = new(_installation.Version.ToString(), _installation.Build, _installation.IsReplay) };
        run.Lap(preprocess: true);
        if (staged.Rejection is { } refused) return await RejectAsync(run, claim, results, refused, cancellationToken).ConfigureAwait(false);

        var timeout = staged.Choices.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : _settings.Timeout;
        EngineRun? ended;
        bool atDeadline;
        var deadline = new DeadlineWatch(directory.Outputs, LatestEnd(run.Delivery), _time);
        var watch = new ClaimWatch(claim, run.Output, run.Folder, _settings.ProgressInterval, _time);
        await using (deadline.ConfigureAwait(false))
        await using (watch.ConfigureAwait(false))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, watch.TakenOver);
            try { ended = await _engine(RequestOf(staged, directory, timeout) with { Stop = deadline.Stop }, watch, either.Token).ConfigureAwait(false); }
            catch (OperationCanceledException) when (watch.TakenOver.IsCancellationRequested && !cancellationToken.IsCancellationRequested) { ended = null; }
            atDeadline = deadline.Stop.IsCancellationRequested;
        }
        run.Lap(simulate: true);

        var isFenced = ended is not null && await FenceAsync(claim, cancellationToken).ConfigureAwait(false);
        if (watch.HasWritten) await RemoveProgressAsync(run, cancellationToken).ConfigureAwait(false);
        if (ended is null || !isFenced) return null;

        var limit = atDeadline ? new RunLimit(RunReason.Deadline, ended.Elapsed) : new RunLimit(RunReason.Timeout, timeout);
        await directory.WriteSummaryAsync(run.Apply(ended, directory.Outputs, staged.Model, limit), cancellationToken).ConfigureAwait(false);

        var files = KeptFiles(directory, staged.Choices.Outputs);
        var uploaded = await ResultUpload.UploadAsync(files, run.Output, run.Folder, isThere: null, new(run.Record.Label, run.Record.Tags), cancellationToken).ConfigureAwait(false);
        run.Lap(upload: true);
        return await CommitAsync(run, claim, results, uploaded, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>From here on nobody takes over, and whoever has done so already keeps us from writing.</summary>
    private static Task<bool> FenceAsync(RunClaim claim, CancellationToken cancellationToken) =>
        claim.TryUpdateAsync(claim.Record with { Phase = RunPhase.Uploading }, cancellationToken);

    private async Task<RunRecord?> RejectAsync(ActiveRun run, RunClaim claim, ResultsPlace results, Rejection rejection, CancellationToken cancellationToken)
    {
        run.Record = run.Record with { Status = RunStatus.Rejected, Reason = rejection.Reason, Message = rejection.Message, Missing = rejection.Missing, Risks = rejection.Risks };
        var isAlone = claim is { Previous: null, Leftovers.Count: 0 }; // there is nothing to remove
        if (!isAlone && !await FenceAsync(claim, cancellationToken).ConfigureAwait(false)) return null;
        return await CommitAsync(run, claim, results, [], cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunRecord?> CommitAsync(ActiveRun run, RunClaim claim, ResultsPlace results, IReadOnlyList<UploadedFile> uploaded, CancellationToken cancellationToken)
    {
        var record = run.Finish(ResultUpload.ForRecord(uploaded));
        await results.Waiting.AddAsync(record, cancellationToken).ConfigureAwait(false);
        if (results.Unfinished is { } unfinished) await unfinished.AddAsync(record, cancellationToken).ConfigureAwait(false);
        await RemoveLeftoversAsync(run, claim, record, cancellationToken).ConfigureAwait(false);
        await results.Waiting.RemoveAsync(claim.Previous, record, keptFor: run.Drop.Companion, cancellationToken).ConfigureAwait(false);
        if (!await claim.TryUpdateAsync(record, cancellationToken).ConfigureAwait(false)) return null;
        // Until the commit this note is what brings the run back after a crash.
        if (run.Drop.Companion is not null) await results.Waiting.RemoveAsync(claim.Previous, record, keptFor: null, cancellationToken).ConfigureAwait(false);
        return record;
    }

    /// <summary>
    /// What only earlier runs have left would be taken for this one's. It goes before the commit, while the fence keeps everybody else
    /// from writing: afterwards a file of the same name may be a newer run's. Costs a listing after a run that did not come to its end.
    /// </summary>
    private async Task RemoveLeftoversAsync(ActiveRun run, RunClaim claim, RunRecord record, CancellationToken cancellationToken)
    {
        if (claim.Leftovers is null) await EndUploadsAsync(run, cancellationToken).ConfigureAwait(false);
        var found = claim.Leftovers ?? [.. (await run.Output.GlobAsync(run.Folder, "*", cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false)).Select(path => path[(run.Folder.Length + 1)..])];
        foreach (var stale in found.Except(record.Files.Select(file => file.Path)).Where(path => path != RunRecordFile.Name))
        {
            try { await run.Output.RemoveAsync(run.Folder + "/" + stale, cancellationToken).ConfigureAwait(false); }
            catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { continue; } // gone already
        }
    }

    /// <summary>Uploads by parts that a killed run has left: no listing shows them, and they cost money.</summary>
    private async Task EndUploadsAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        try { await _buckets.RemoveUnfinishedAsync(_settings.OutputBucket ?? run.Drop.Bucket, run.Folder, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return; } // a role of somebody's own: the bucket's lifecycle rule ends them
    }

    private static async Task RemoveProgressAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        try { await run.Output.RemoveAsync(run.Folder + "/" + RunRecordFile.ProgressName, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound || e.IsTransient) { return; } // progress is a courtesy: no run is done again for it
    }

    /// <summary>A failed attempt lets go of its claim, so that a newer event does not wait for the lease to run out.</summary>
    private async Task ReleaseAsync(RunClaim claim)
    {
        using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(5), _time);
        try { await claim.TryUpdateAsync(claim.Record with { ExpiresAt = _time.GetUtcNow() }, brief.Token).ConfigureAwait(false); }
        catch (Exception e) when (e is StorageException or OperationCanceledException) { return; } // the lease ends by itself; the first failure is the one to tell
    }

    /// <summary>When EnergyPlus must have ended at the latest; earlier when much has to be uploaded.</summary>
    private DateTimeOffset LatestEnd(Delivery invocation)
    {
        if (invocation.Deadline is not { } deadline) return DateTimeOffset.MaxValue;
        var left = deadline - _time.GetUtcNow();
        return deadline - (_settings.DeadlineMargin ?? (left / 5 < LargestMargin ? left / 5 : LargestMargin));
    }

    private static EngineRequest RequestOf(StagedRun staged, Workspace directory, TimeSpan timeout) => new()
    {
        ModelPath = staged.ModelPath,
        WeatherPath = staged.WeatherPath,
        OutputDirectory = directory.Outputs,
        WorkingDirectory = directory.Inputs,
        Annual = staged.Choices.Annual,
        DesignDay = staged.Choices.DesignDay,
        ExpandObjects = staged.Choices.ExpandObjects && !staged.IsExpanded,
        ReadVars = staged.Choices.Readvars,
        Timeout = timeout,
    };

    private static IReadOnlyList<ResultFile> KeptFiles(Workspace directory, IReadOnlyList<string>? globs)
    {
        var files = ResultFile.In(directory.Outputs);
        if (globs is null) return files;
        var isKept = JobGlobs.Matcher(globs);
        return [.. files.Where(file => file.Path == RunRecordFile.SummaryName || isKept(file.Path))];
    }

    private static RunResult Decline(ClaimVerdict verdict, RunRecord? existing, DroppedObject drop, Delivery invocation, string outputUrl) => verdict switch
    {
        ClaimVerdict.AlreadyFinished => new(RunResultKind.Duplicate, $"{drop.Url} has been run already; its results are in {outputUrl}.") { Record = existing, OutputUrl = outputUrl },
        ClaimVerdict.AlreadyRunning when invocation.ComesAgainUnderAnotherId => throw new RunDeferredException($"{drop.Url} is being run by another invocation; this event is delivered again, in case that one fails."),
        ClaimVerdict.AlreadyRunning => new(RunResultKind.Duplicate, $"{drop.Url} is being run by another invocation.") { Record = existing, OutputUrl = outputUrl },
        ClaimVerdict.Superseded => new(RunResultKind.Superseded, $"Newer content of {drop.Url} has been taken up; this event is old.") { Record = existing, OutputUrl = outputUrl },
        _ => throw new RunDeferredException($"An older run of {drop.Url} is writing its results to {outputUrl}; the newer content is run when this event is delivered again."),
    };

    /// <summary>Where the results of a bucket's models go.</summary>
    private sealed record ResultsPlace(string Bucket, bool InSameBucket, IAsyncFileSystem Files, OutputLayout Layout, WaitingModels Waiting, UnfinishedModels? Unfinished);
}
