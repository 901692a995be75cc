using IdfKit.Drops.Claims;
using IdfKit.Runs;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>How the folder of a run is claimed, what is answered where it cannot be, and how the claim is let go.</summary>
internal sealed partial class ClaimedRun
{
    private static readonly TimeSpan MostForRelease = TimeSpan.FromSeconds(5); // nobody waits for it who was told to end

    /// <summary>Who is stopped while the claim is on its way may hold it without knowing.</summary>
    private async Task<ClaimAttempt> AcquireOrLetGoAsync(Workspace workspace, RunRecord begun, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // A write that is broken off may arrive after everything else, so that it is waited for.
        using var writing = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var stopping = cancellationToken.Register(() => writing.CancelAfter(MostForRelease));
        await using var stoppingRegistration = stopping.ConfigureAwait(false);
        ClaimAttempt attempt;
        try { attempt = await AcquireAsync(workspace, begun, writing.Token, cancellationToken).ConfigureAwait(false); }
        catch (OperationCanceledException)
        {
            using var brief = new CancellationTokenSource(MostForRelease, time);
            var held = await RunClaim.FindOrNullAsync(
                results.Files, Folder, workspace.ScratchRecord, begun.RunId, brief.Token).ConfigureAwait(false);
            if (held is not null) await ReleaseAsync(held).ConfigureAwait(false);
            throw;
        }
        if (!cancellationToken.IsCancellationRequested) return attempt;
        if (attempt is ClaimAttempt.Held { Claim: var claim }) await ReleaseAsync(claim).ConfigureAwait(false);
        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>Where another run of the same holds the record, looks for a while whether that one lives, or comes to its end.</summary>
    private async Task<ClaimAttempt> AcquireAsync(
        Workspace workspace, RunRecord begun, CancellationToken writing, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + settings.SignOfLife;
        while (true)
        {
            var attempt = await RunClaim.AcquireAsync(
                results.Files, Folder, workspace.ScratchRecord, _target, begun, time, writing).ConfigureAwait(false);
            if (attempt is not ClaimAttempt.Declined { Verdict: ClaimVerdict.AlreadyRunning } declined) return attempt;
            var life = new SignOfLife(results.Files, Folder, time);
            var sign = await life.LookAsync(until - time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            if (sign != LifeSign.RecordChanged) return declined with { IsSeenToLive = sign == LifeSign.Lives };
        }
    }

    private RunRecord Begun(DroppedObject drop)
    {
        var now = time.GetUtcNow();
        var queued = drop.EventTime is { } put ? Math.Max(0, (long)(now - put).TotalMilliseconds) : default(long?);
        return new()
        {
            RunId = Guid.CreateVersion7(now).ToString("N"),
            Status = RunStatus.Running,
            Phase = RunPhase.Simulating,
            Input = new(drop.Bucket, drop.Key.Value)
            {
                VersionId = drop.VersionId,
                ETag = drop.ETag,
                SizeBytes = drop.SizeBytes,
                LastModified = drop.EventTime,
            },
            TimingsMs = new() { Queued = queued },
            RequestId = delivery.RequestId,
            FunctionVersion = delivery.FunctionVersion,
            Sequencer = drop.Sequencer,
            StartedAt = now,
            ExpiresAt = delivery.Deadline is { } deadline ? deadline + settings.ClaimGrace : now + settings.Lease,
        };
    }

    private RunResult Decline(ClaimAttempt.Declined declined) => declined.Verdict switch
    {
        _ when declined.Existing?.Input is { } other && other.Bucket != _target.Drop.Bucket =>
            new(RunResultKind.Ignored, DropSentences.FolderOfAnother(_target.Url, S3Url.Of(other.Bucket, other.Key))),
        ClaimVerdict.AlreadyFinished => Answered(RunResultKind.Duplicate, DropSentences.AlreadyRun(_target.Url, OutputUrl), declined),
        ClaimVerdict.AlreadyRunning when declined.IsSeenToLive =>
            Answered(RunResultKind.Duplicate, DropSentences.RunsElsewhere(_target.Url), declined),
        // That run may be dead. Were this event answered, nobody would be left to run the model.
        ClaimVerdict.AlreadyRunning =>
            throw new RunDeferredException(DropSentences.MayBeDead(_target.Url)) { Until = declined.Existing?.ExpiresAt },
        ClaimVerdict.Superseded => Answered(RunResultKind.Superseded, DropSentences.EventIsOld(_target.Url), declined),
        _ => throw new RunDeferredException(DropSentences.OlderRunIsWriting(_target.Url, OutputUrl)),
    };

    private RunResult Answered(RunResultKind kind, string sentence, ClaimAttempt.Declined declined) =>
        new(kind, sentence) { Record = declined.Existing, OutputUrl = OutputUrl };

    /// <summary>A failed attempt lets go of its claim, so that a newer event does not wait for the lease to run out.</summary>
    private async Task ReleaseAsync(RunClaim claim)
    {
        using var brief = new CancellationTokenSource(MostForRelease, time);
        var released = _target.Released(claim.Record) with { ExpiresAt = time.GetUtcNow() };
        try { await claim.TryUpdateAsync(released, brief.Token).ConfigureAwait(false); }
        // the lease ends by itself; the first failure is the one to tell
        catch (Exception e) when (e is StorageException or OperationCanceledException) { return; }
    }
}
