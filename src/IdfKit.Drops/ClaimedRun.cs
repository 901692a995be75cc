using IdfKit.Drops.Caching;
using IdfKit.Drops.Claims;
using IdfKit.Drops.Inputs;
using IdfKit.Runs;
using IdfKit.Runs.Caching;
using IdfKit.Runs.Publishing;
using IdfKit.Runs.Records;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>
/// One dropped model from its claim to its commit: claim, run, fence, publish, commit. What it may leave behind at each
/// step, and who mends it, is in <c>docs/run-lifecycle.md</c>.
/// </summary>
internal sealed partial class ClaimedRun(
    RunSettings settings, IBucketSource buckets, IEngines engines, TimeProvider time, ResultsPlace results, Delivery delivery)
{
    private static readonly TimeSpan LargestMargin = TimeSpan.FromSeconds(10);

    private readonly RunStopwatch _watch = new(time);
    private RequestCounts _counts = null!; // set when the run begins
    private RunTarget _target = null!; // set with the claim, as the other two are
    private RunClaim _claim = null!;
    private ModelRun _run = null!;

    /// <summary>What runs before this one have listed; null: nothing is known.</summary>
    public WeatherListings? Listings { get; init; }

    private string Folder => _target.Folder;

    private string OutputUrl => S3Url.Of(results.Bucket, Folder);

    /// <summary>Runs the model, unless the record that lies there says that it is not to be run.</summary>
    /// <exception cref="RunDeferredException">It is to be run when the event is delivered again.</exception>
    public async Task<RunResult> RunAsync(DroppedObject drop, CancellationToken cancellationToken)
    {
        _counts = drop.Asked?.Resume() ?? RequestCounts.Begin();
        var target = await TargetOfAsync(drop with { MayTakeLonger = delivery.Deadline is null }, cancellationToken).ConfigureAwait(false);
        return await RunAsync(target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs what is to be run there, unless the record that lies there says otherwise.</summary>
    /// <exception cref="RunDeferredException">It is to be run later.</exception>
    public Task<RunResult> RunAsync(RunTarget target, CancellationToken cancellationToken) => EndAsync(
        target,
        () => delivery.Deadline is null ? RunRenewedAsync(cancellationToken) : RunToItsEndAsync(cancellationToken),
        cancellationToken);

    /// <summary>Commits that the model was given up, unless the record that lies there has ended or is held by a living run.</summary>
    /// <exception cref="RunDeferredException">It is held; when that run has not ended either, this is to be done later.</exception>
    public async Task<RunResult> GiveUpAsync(DroppedObject drop, GivenUp why, CancellationToken cancellationToken)
    {
        _counts = drop.Asked?.Resume() ?? RequestCounts.Begin();
        var target = await TargetOfAsync(drop, cancellationToken).ConfigureAwait(false);
        return await EndAsync(
            target, () => EndGivenUpAsync(DropSentences.GaveUp(target.Url, why), RunStatus.Failed, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<DroppedTarget> TargetOfAsync(DroppedObject drop, CancellationToken cancellationToken) =>
        new(settings, buckets, results, await WithOrderAsync(drop, cancellationToken).ConfigureAwait(false),
            drop.Companion is null ? Listings : null); // what a model waited for came after it

    private Task<RunRecord> EndGivenUpAsync(string message, RunStatus status, CancellationToken cancellationToken)
    {
        _run.GiveUp(message, status);
        return EndUnstartedAsync(cancellationToken);
    }

    private async Task<RunResult> EndAsync(RunTarget target, Func<Task<RunRecord>> end, CancellationToken cancellationToken)
    {
        _counts ??= target.Asked?.Resume() ?? RequestCounts.Begin();
        _target = target;
        var begun = target.Begin(Begun(target.Drop));
        using var workspace = Workspace.Create(settings.WorkDirectory, begun.RunId);
        var attempt = await AcquireOrLetGoAsync(workspace, begun, cancellationToken).ConfigureAwait(false);
        if (attempt is ClaimAttempt.Declined declined) return Decline(declined);

        _claim = ((ClaimAttempt.Held)attempt).Claim;
        _isUntouched = _claim.IsFirst;
        _folder = Claimed();
        var claimed = begun with { ExpiresAt = null, Sequencer = _claim.Record.Sequencer, Study = _claim.Record.Study };
        _run = new ModelRun(target.Source(_claim.Record), engines, workspace, claimed, _watch);
        if (target.WhyCrashed(_claim.Record) is { } why) end = () => EndGivenUpAsync(why, RunStatus.Crashed, cancellationToken);
        try
        {
            var record = await EndOrTellDeniedAsync(end, cancellationToken).ConfigureAwait(false);
            return new(RunResultKind.Committed, record.Message ?? $"{_target.Url} {record.Status}.")
            {
                Record = record, OutputUrl = OutputUrl
            };
        }
        catch (ClaimLostException)
        {
            await UndoAsync(cancellationToken).ConfigureAwait(false);
            return new(RunResultKind.Superseded, DropSentences.Superseded(_target.Url)) { OutputUrl = OutputUrl };
        }
        catch (Exception)
        {
            await ReleaseAsync(_claim).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// What the role may not do no further attempt may do either, least of all after another simulation: it is told at once, where the
    /// record can be written.
    /// </summary>
    private async Task<RunRecord> EndOrTellDeniedAsync(Func<Task<RunRecord>> end, CancellationToken cancellationToken)
    {
        try { return await end().ConfigureAwait(false); }
        catch (StorageException denied) when (denied.Kind == StorageErrorKind.AccessDenied)
        {
            _run.GiveUp(DropSentences.GaveUp(_target.Url, new(GivenUpCause.Denied) { Said = denied.Message }));
            _isUntouched = false; // some results may have been written
            await FenceAsync(cancellationToken).ConfigureAwait(false);
            await RemoveIfAllowedAsync(cancellationToken).ConfigureAwait(false);
            _run.DropTags(); // they may be what was denied
            var page = await WritePageAsync(cancellationToken).ConfigureAwait(false);
            return await WriteLastAsync(_run.Finish(page, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A drop without a sequencer is ordered by the object itself: its LastModified and ETag. Costs one HEAD.</summary>
    private async Task<DroppedObject> WithOrderAsync(DroppedObject drop, CancellationToken cancellationToken)
    {
        if (drop.Sequencer is not null || !drop.Key.IsPath) return drop;
        try
        {
            var entry = await buckets.Open(drop.Bucket).StatAsync(drop.Key.Value, cancellationToken).ConfigureAwait(false);
            drop = drop with { SizeBytes = drop.SizeBytes ?? entry.SizeBytes };
            return drop with { EventTime = entry.Modified, ETag = entry.ETag, VersionId = entry.VersionId };
        }
        // Of what may not be read nobody knows whether it is there: its run finds out, unless another one has ended before.
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound or StorageErrorKind.AccessDenied)
        {
            return drop with { IsGone = true, EventTime = null };
        }
    }

    /// <summary>Without a deadline nobody kills the run, so that its claim is renewed for as long as it lives.</summary>
    private async Task<RunRecord> RunRenewedAsync(CancellationToken cancellationToken)
    {
        var renewal = new ClaimRenewal(_claim, settings.Lease, time);
        await using (renewal.ConfigureAwait(false))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, renewal.Lost);
            try { return await RunToItsEndAsync(either.Token).ConfigureAwait(false); }
            catch (OperationCanceledException) when (renewal.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                if (renewal.Failure is null) throw new ClaimLostException();
                throw new RunDeferredException(DropSentences.ClaimNotRenewed(_target.Url, renewal.Failure.Message));
            }
        }
    }

    private async Task<RunRecord> RunToItsEndAsync(CancellationToken cancellationToken)
    {
        if (await _run.PrepareAsync(cancellationToken).ConfigureAwait(false) is { } objection)
        {
            _run.Reject(_target.LeavesNotes ? objection : objection with { Missing = [] });
            return await EndRejectedAsync(cancellationToken).ConfigureAwait(false);
        }
        var cache = ResultCache.Of(settings, results, buckets);
        var key = cache is null ? default : await ResultCache.KeyOfAsync(_run, cancellationToken).ConfigureAwait(false);
        if (cache is not null && await TakeFromCacheAsync(cache, key, cancellationToken).ConfigureAwait(false) is { } taken) return taken;
        var ahead = SendAhead();
        await using var sending = ahead.ConfigureAwait(false);
        await SimulateAndFenceAsync(ahead, cancellationToken).ConfigureAwait(false);

        var keepsEncoding = results.Files.Capabilities.HasFlag(StorageCapabilities.ContentEncoding);
        await _run.SummarizeAsync(keepsEncoding, cancellationToken).ConfigureAwait(false);
        await _run.ReportAsync(_run.Results().Files, time.GetUtcNow(), delivery.MemoryMegabytes, cancellationToken).ConfigureAwait(false);
        var uploaded = await UploadAsync(ahead, cancellationToken).ConfigureAwait(false);
        _run.Published();
        var files = ResultUpload.ForRecord(uploaded);
        var made = _run.Record with { Files = files };
        if (cache is not null && made.Status == RunStatus.Completed)
            await cache.KeepAsync(key, made, Folder, _folder, cancellationToken).ConfigureAwait(false);
        return await CommitAsync(files, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Commits the results of an earlier run of the same; null when there are none, and the model is to be simulated.</summary>
    private async Task<RunRecord?> TakeFromCacheAsync(ResultCache cache, CacheKey key, CancellationToken cancellationToken)
    {
        if (await cache.FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } found) return null;
        await FenceAsync(cancellationToken).ConfigureAwait(false);
        _isUntouched = false;
        if (!await cache.TryCopyAsync(key, found, _folder, cancellationToken).ConfigureAwait(false)) return null;
        _run.TakeFrom(found.Record);
        _run.Published();
        return await CommitAsync(found.Record.Files, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="ClaimLostException">Another run took over, before EnergyPlus ended or before the fence.</exception>
    private async Task SimulateAndFenceAsync(ResultsAhead ahead, CancellationToken cancellationToken)
    {
        var left = delivery.Deadline - time.GetUtcNow();
        var latest = LatestEnd();
        var deadline = new DeadlineWatch(_run.Workspace.Outputs, latest, time);
        var watch = new ClaimWatch(_claim, results.Files, Folder, settings, time);
        await using (deadline.ConfigureAwait(false))
        await using (watch.ConfigureAwait(false))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, watch.TakenOver);
            var until = new RunDeadline(latest - time.GetUtcNow(), deadline.Stop);
            try { await _run.SimulateAsync(watch, until, either.Token).ConfigureAwait(false); }
            catch (OperationCanceledException) when (watch.TakenOver.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                if (watch.HasWritten) await RemoveProgressAsync(cancellationToken).ConfigureAwait(false);
                throw new ClaimLostException();
            }
        }
        await ahead.EndAsync().ConfigureAwait(false); // what is left of them goes behind the fence
        // Storage kept the run waiting, and the next attempt may fare better.
        var staged = TimeSpan.FromMilliseconds(_run.Record.TimingsMs.Stage ?? 0);
        if (_run.WasStoppedByDeadline && staged > left) throw new RunDeferredException(DropSentences.Stalled(_target.Url, staged));
        if (_run.WasStoppedByDeadline && _target.HasMoreTimeLater)
            throw new RunDeferredException(DropSentences.HasMoreTimeLater(_target.Url));
        try { await FenceAsync(cancellationToken).ConfigureAwait(false); }
        finally { if (watch.HasWritten) await RemoveProgressAsync(cancellationToken).ConfigureAwait(false); }
    }

    /// <summary>When EnergyPlus must have ended at the latest; earlier when much has to be uploaded.</summary>
    private DateTimeOffset LatestEnd()
    {
        if (delivery.Deadline is not { } deadline) return DateTimeOffset.MaxValue;
        var left = deadline - time.GetUtcNow();
        return deadline - (settings.DeadlineMargin ?? (left / 5 < LargestMargin ? left / 5 : LargestMargin));
    }
}
