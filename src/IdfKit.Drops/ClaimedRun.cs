using System.Text;

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
internal sealed class ClaimedRun(
    RunSettings settings, IBucketSource buckets, IEngines engines, TimeProvider time, ResultsPlace results, Delivery delivery)
{
    private static readonly TimeSpan LargestMargin = TimeSpan.FromSeconds(10);

    private readonly RunStopwatch _watch = new(time);
    private DroppedObject _drop = null!; // set with the claim, as the other two are
    private RunClaim _claim = null!;
    private ModelRun _run = null!;

    private string Folder => results.Layout.FolderOf(_drop.Key);

    private string OutputUrl => S3Url.Of(results.Bucket, Folder);

    /// <summary>Runs the model, unless the record that lies there says that it is not to be run.</summary>
    /// <exception cref="RunDeferredException">It is to be run when the event is delivered again.</exception>
    public Task<RunResult> RunAsync(DroppedObject drop, CancellationToken cancellationToken) => EndAsync(
        drop with { MayTakeLonger = delivery.Deadline is null },
        () => delivery.Deadline is null ? RunRenewedAsync(cancellationToken) : RunToItsEndAsync(cancellationToken),
        cancellationToken);

    /// <summary>Commits that the model was given up, unless the record that lies there has ended or is held by a living run.</summary>
    /// <exception cref="RunDeferredException">It is held; when that run has not ended either, this is to be done later.</exception>
    public Task<RunResult> GiveUpAsync(DroppedObject drop, GivenUp why, CancellationToken cancellationToken) => EndAsync(
        drop,
        () =>
        {
            _run.GiveUp(DropSentences.GaveUp(_drop.Url, why));
            return EndUnstartedAsync(cancellationToken);
        },
        cancellationToken);

    private async Task<RunResult> EndAsync(DroppedObject drop, Func<Task<ClaimedEnding>> end, CancellationToken cancellationToken)
    {
        _drop = await WithOrderAsync(drop, cancellationToken).ConfigureAwait(false);
        var begun = Begun();
        using var workspace = Workspace.Create(settings.WorkDirectory, begun.RunId);
        var attempt = await RunClaim.AcquireAsync(
            results.Files, Folder, workspace.ScratchRecord, _drop, begun, time, cancellationToken).ConfigureAwait(false);
        if (attempt is ClaimAttempt.Declined declined) return Decline(declined);

        _claim = ((ClaimAttempt.Held)attempt).Claim;
        var kind = results.Layout.KindOf(_drop.Key, results.InSameBucket);
        var source = new DroppedSource(settings, buckets, _drop, kind);
        _run = new ModelRun(source, engines, workspace, begun with { ExpiresAt = null, Sequencer = _claim.Record.Sequencer }, _watch);
        try
        {
            return await EndOrTellDeniedAsync(end, cancellationToken).ConfigureAwait(false) switch
            {
                ClaimedEnding.Committed { Record: var record } =>
                    new(RunResultKind.Committed, record.Message ?? $"{_drop.Url} {record.Status}.")
                    {
                        Record = record, OutputUrl = OutputUrl
                    },
                _ => new(RunResultKind.Superseded, DropSentences.Superseded(_drop.Url)) { OutputUrl = OutputUrl },
            };
        }
        catch (Exception)
        {
            await ReleaseAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// What the role may not do no further attempt may do either, least of all after another simulation: it is told at once, where the
    /// record can be written.
    /// </summary>
    private async Task<ClaimedEnding> EndOrTellDeniedAsync(Func<Task<ClaimedEnding>> end, CancellationToken cancellationToken)
    {
        try { return await end().ConfigureAwait(false); }
        catch (StorageException denied) when (denied.Kind == StorageErrorKind.AccessDenied)
        {
            _run.GiveUp(DropSentences.GaveUp(_drop.Url, new(GivenUpCause.Denied) { Said = denied.Message }));
            if (!await FenceAsync(cancellationToken).ConfigureAwait(false)) return ClaimedEnding.TakenOver;
            await RemoveIfAllowedAsync(cancellationToken).ConfigureAwait(false);
            _run.DropTags(); // they may be what was denied
            var record = _run.Finish([], time.GetUtcNow());
            var isOurs = await _claim.TryUpdateAsync(record, cancellationToken).ConfigureAwait(false);
            return isOurs ? new ClaimedEnding.Committed(record) : ClaimedEnding.TakenOver;
        }
    }

    /// <summary>A drop without a sequencer is ordered by the object itself: its LastModified and ETag. Costs one HEAD.</summary>
    private async Task<DroppedObject> WithOrderAsync(DroppedObject drop, CancellationToken cancellationToken)
    {
        if (drop.Sequencer is not null || !drop.Key.IsPath) return drop;
        try
        {
            var entry = await buckets.Open(drop.Bucket).StatAsync(drop.Key.Value, cancellationToken).ConfigureAwait(false);
            return drop with { EventTime = entry.Modified, ETag = entry.ETag, VersionId = entry.VersionId };
        }
        // Of what may not be read nobody knows whether it is there: its run finds out, unless another one has ended before.
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound or StorageErrorKind.AccessDenied)
        {
            return drop with { IsGone = true, EventTime = null };
        }
    }

    private RunRecord Begun()
    {
        var now = time.GetUtcNow();
        var queued = _drop.EventTime is { } put ? Math.Max(0, (long)(now - put).TotalMilliseconds) : default(long?);
        return new()
        {
            RunId = Guid.CreateVersion7(now).ToString("N"),
            Status = RunStatus.Running,
            Phase = RunPhase.Simulating,
            Input = new(_drop.Bucket, _drop.Key.Value)
            {
                VersionId = _drop.VersionId,
                ETag = _drop.ETag,
                SizeBytes = _drop.SizeBytes,
                LastModified = _drop.EventTime,
            },
            TimingsMs = new() { Queued = queued },
            RequestId = delivery.RequestId,
            FunctionVersion = delivery.FunctionVersion,
            Sequencer = _drop.Sequencer,
            StartedAt = now,
            ExpiresAt = delivery.Deadline is { } deadline ? deadline + settings.ClaimGrace : now + settings.Lease,
        };
    }

    /// <summary>Without a deadline nobody kills the run, so that its claim is renewed for as long as it lives.</summary>
    private async Task<ClaimedEnding> RunRenewedAsync(CancellationToken cancellationToken)
    {
        var renewal = new ClaimRenewal(_claim, settings.Lease, time);
        await using (renewal.ConfigureAwait(false))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, renewal.Lost);
            try { return await RunToItsEndAsync(either.Token).ConfigureAwait(false); }
            catch (OperationCanceledException) when (renewal.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                if (renewal.Failure is null) return ClaimedEnding.TakenOver;
                throw new RunDeferredException(DropSentences.ClaimNotRenewed(_drop.Url, renewal.Failure.Message));
            }
        }
    }

    private async Task<ClaimedEnding> RunToItsEndAsync(CancellationToken cancellationToken)
    {
        if (await _run.PrepareAsync(cancellationToken).ConfigureAwait(false) is { } objection)
        {
            _run.Reject(objection);
            return await EndRejectedAsync(cancellationToken).ConfigureAwait(false);
        }
        var cache = ResultCache.Of(settings, results, buckets);
        var key = cache is null ? default : await ResultCache.KeyOfAsync(_run, cancellationToken).ConfigureAwait(false);
        if (cache is not null && await TakeFromCacheAsync(cache, key, cancellationToken).ConfigureAwait(false) is { } taken) return taken;
        if (!await SimulateAndFenceAsync(cancellationToken).ConfigureAwait(false)) return ClaimedEnding.TakenOver;

        await _run.SummarizeAsync(cancellationToken).ConfigureAwait(false);
        var uploaded = await UploadAsync(cancellationToken).ConfigureAwait(false);
        _run.Published();
        var files = ResultUpload.ForRecord(uploaded);
        var isKept = cache is not null && _run.Record.Status == RunStatus.Completed;
        if (isKept) await cache!.KeepAsync(key, _run.Record with { Files = files }, Folder, cancellationToken).ConfigureAwait(false);
        return await CommitAsync(files, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Commits the results of an earlier run of the same; null when there are none, and the model is to be simulated.</summary>
    private async Task<ClaimedEnding?> TakeFromCacheAsync(ResultCache cache, CacheKey key, CancellationToken cancellationToken)
    {
        if (await cache.FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } found) return null;
        if (!await FenceAsync(cancellationToken).ConfigureAwait(false)) return ClaimedEnding.TakenOver;
        if (!await cache.TryCopyAsync(key, found, Folder, cancellationToken).ConfigureAwait(false)) return null;
        _run.TakeFrom(found.Record);
        _run.Published();
        return await CommitAsync(found.Record.Files, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>False when another run took over, before EnergyPlus ended or before the fence.</summary>
    private async Task<bool> SimulateAndFenceAsync(CancellationToken cancellationToken)
    {
        var deadline = new DeadlineWatch(_run.Workspace.Outputs, LatestEnd(), time);
        var watch = new ClaimWatch(_claim, results.Files, Folder, settings.ProgressInterval, time);
        var isOurs = true;
        await using (deadline.ConfigureAwait(false))
        await using (watch.ConfigureAwait(false))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, watch.TakenOver);
            try { await _run.SimulateAsync(watch, deadline.Stop, either.Token).ConfigureAwait(false); }
            catch (OperationCanceledException) when (watch.TakenOver.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                isOurs = false;
            }
        }
        isOurs = isOurs && await FenceAsync(cancellationToken).ConfigureAwait(false);
        if (watch.HasWritten) await RemoveProgressAsync(cancellationToken).ConfigureAwait(false);
        return isOurs;
    }

    /// <summary>
    /// Marks the claim as writing its results, so that nobody takes over from here on; returns false if someone has
    /// done so already.
    /// </summary>
    private Task<bool> FenceAsync(CancellationToken cancellationToken) =>
        _claim.TryUpdateAsync(_claim.Record with { Phase = RunPhase.Uploading }, cancellationToken);

    private async Task<ClaimedEnding> EndUnstartedAsync(CancellationToken cancellationToken)
    {
        var isAlone = _claim is { Previous: null, Leftovers.Count: 0 }; // there is nothing to remove
        if (!isAlone && !await FenceAsync(cancellationToken).ConfigureAwait(false)) return ClaimedEnding.TakenOver;
        return await CommitAsync([], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Why it was rejected is told even where the record may not bear the tags of the job file.</summary>
    private async Task<ClaimedEnding> EndRejectedAsync(CancellationToken cancellationToken)
    {
        try { return await EndUnstartedAsync(cancellationToken).ConfigureAwait(false); }
        catch (StorageException denied) when (denied.Kind == StorageErrorKind.AccessDenied && _run.Record.Tags.Count > 0)
        {
            _run.DropTags();
            return await EndUnstartedAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<UploadedFile>> UploadAsync(CancellationToken cancellationToken)
    {
        var marks = new ResultMarks(_run.Record.Label, _run.Record.Tags);
        var left = _run.Results(StoragePath.MaxBytes - Encoding.UTF8.GetByteCount(Folder) - 1);
        var files = await new OtherFolders(results.Files, Folder).LeaveOutAsync(left, cancellationToken).ConfigureAwait(false);
        var uploaded = await ResultUpload.UploadAsync(
            files, results.Files, Folder, left.Behind, isThere: null, marks, cancellationToken).ConfigureAwait(false);
        _run.Tell(left.Behind);
        return uploaded;
    }

    /// <summary>Notes first, so that none is forgotten; then leftovers go; the record last, and only if the claim still holds.</summary>
    private async Task<ClaimedEnding> CommitAsync(IReadOnlyList<RunFile> files, CancellationToken cancellationToken)
    {
        var record = _run.Finish(files, time.GetUtcNow());
        await results.Waiting.AddAsync(record, cancellationToken).ConfigureAwait(false);
        if (results.Unfinished is { } unfinished) await unfinished.AddAsync(record, cancellationToken).ConfigureAwait(false);
        await RemoveLeftoversAsync(record, cancellationToken).ConfigureAwait(false);
        await results.Waiting.RemoveAsync(_claim.Previous, record, keptFor: _drop.Companion, cancellationToken).ConfigureAwait(false);
        if (!await _claim.TryUpdateAsync(record, cancellationToken).ConfigureAwait(false)) return ClaimedEnding.TakenOver;

        // Until the commit this note is what brings the run back after a crash.
        if (_drop.Companion is not null)
            await results.Waiting.RemoveAsync(_claim.Previous, record, keptFor: null, cancellationToken).ConfigureAwait(false);
        return new ClaimedEnding.Committed(record);
    }

    /// <summary>
    /// What only earlier runs have left would be taken for this one's. It goes before the commit, while the fence keeps everybody else
    /// from writing: afterwards a file of the same name may be a newer run's. Costs a listing after a run that did not come to its end.
    /// </summary>
    private async Task RemoveLeftoversAsync(RunRecord record, CancellationToken cancellationToken)
    {
        if (_claim.Leftovers is null) await EndUploadsAsync(cancellationToken).ConfigureAwait(false);
        var found = _claim.Leftovers ?? await ListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var stale in found.Except(record.Files.Select(file => file.Path)).Where(path => path != RunRecordFile.Name))
            await results.Files.RemoveIfThereAsync(Folder + "/" + stale, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Results of which others were denied. What stays is found by the next run, which lists the folder.</summary>
    private async Task RemoveIfAllowedAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var path in await ListAsync(cancellationToken).ConfigureAwait(false))
                if (path != RunRecordFile.Name)
                    await results.Files.RemoveIfThereAsync(Folder + "/" + path, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return; }
    }

    private async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var paths = await results.Files.GlobAsync(Folder, "*", cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. paths.Select(path => path[(Folder.Length + 1)..])];
    }

    /// <summary>Uploads by parts that a killed run has left: no listing shows them, and they cost money.</summary>
    private async Task EndUploadsAsync(CancellationToken cancellationToken)
    {
        try { await buckets.RemoveUnfinishedAsync(results.Bucket, Folder, cancellationToken).ConfigureAwait(false); }
        // a role of the owner's own: the bucket's lifecycle rule ends them
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return; }
    }

    private async Task RemoveProgressAsync(CancellationToken cancellationToken)
    {
        try { await results.Files.RemoveIfThereAsync(Folder + "/" + RunRecordFile.ProgressName, cancellationToken).ConfigureAwait(false); }
        // progress is a courtesy: no run is done again for it
        catch (StorageException e) when (e.IsTransient || e.Kind == StorageErrorKind.AccessDenied) { return; }
    }

    /// <summary>A failed attempt lets go of its claim, so that a newer event does not wait for the lease to run out.</summary>
    private async Task ReleaseAsync()
    {
        using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
        try { await _claim.TryUpdateAsync(_claim.Record with { ExpiresAt = time.GetUtcNow() }, brief.Token).ConfigureAwait(false); }
        // the lease ends by itself; the first failure is the one to tell
        catch (Exception e) when (e is StorageException or OperationCanceledException) { return; }
    }

    /// <summary>When EnergyPlus must have ended at the latest; earlier when much has to be uploaded.</summary>
    private DateTimeOffset LatestEnd()
    {
        if (delivery.Deadline is not { } deadline) return DateTimeOffset.MaxValue;
        var left = deadline - time.GetUtcNow();
        return deadline - (settings.DeadlineMargin ?? (left / 5 < LargestMargin ? left / 5 : LargestMargin));
    }

    private RunResult Decline(ClaimAttempt.Declined declined) => declined.Verdict switch
    {
        _ when declined.Existing?.Input is { } other && other.Bucket != _drop.Bucket =>
            new(RunResultKind.Ignored, DropSentences.FolderOfAnother(_drop.Url, S3Url.Of(other.Bucket, other.Key))),
        ClaimVerdict.AlreadyFinished => Answered(RunResultKind.Duplicate, DropSentences.AlreadyRun(_drop.Url, OutputUrl), declined),
        ClaimVerdict.AlreadyRunning when delivery.ComesAgainUnderAnotherId =>
            throw new RunDeferredException(DropSentences.RunsElsewhereAndComesAgain(_drop.Url)),
        ClaimVerdict.AlreadyRunning => Answered(RunResultKind.Duplicate, DropSentences.RunsElsewhere(_drop.Url), declined),
        ClaimVerdict.Superseded => Answered(RunResultKind.Superseded, DropSentences.EventIsOld(_drop.Url), declined),
        _ => throw new RunDeferredException(DropSentences.OlderRunIsWriting(_drop.Url, OutputUrl)),
    };

    private RunResult Answered(RunResultKind kind, string sentence, ClaimAttempt.Declined declined) =>
        new(kind, sentence) { Record = declined.Existing, OutputUrl = OutputUrl };
}

/// <summary>How a claimed run ended.</summary>
internal abstract record ClaimedEnding
{
    /// <summary>Another run has taken the claim; this one wrote no results.</summary>
    public static ClaimedEnding TakenOver { get; } = new Lost();

    /// <summary>The record has been committed.</summary>
    internal sealed record Committed(RunRecord Record) : ClaimedEnding;

    private sealed record Lost : ClaimedEnding;
}
