using IdfKit.Drops.Notes;
using IdfKit.Drops.Objects;
using IdfKit.Runs;

namespace IdfKit.Drops.Claims;

/// <summary>What an event may do, given the record that lies in the output folder.</summary>
internal enum ClaimVerdict
{
    /// <summary>Write the claim.</summary>
    Take,
    /// <summary>This very object has been run.</summary>
    AlreadyFinished,
    /// <summary>The same event is being worked on by another invocation.</summary>
    AlreadyRunning,
    /// <summary>A newer event of this key has been taken up.</summary>
    Superseded,
    /// <summary>An older run is writing its results: try again later.</summary>
    Later,
}

/// <summary>Who may take which record over (the table of docs/run-lifecycle.md), as one pure function.</summary>
internal static class ClaimRules
{
    public static ClaimVerdict Decide(RunRecord? existing, DroppedObject drop, string? requestId, DateTimeOffset now)
    {
        if (existing is null) return ClaimVerdict.Take;
        var order = Order(drop, existing);

        if (order >= 0 && drop.Companion is { } companion && LateCompanion.LetsRun(companion, existing)) return ClaimVerdict.Take;
        // A run that may take longer has no deadline, so that what it writes never ends for that reason, and is not taken up again.
        if (order >= 0 && drop.MayTakeLonger && IsUnfinished(existing)) return ClaimVerdict.Take;
        if (existing.Status != RunStatus.Running)
            return order switch { > 0 => ClaimVerdict.Take, 0 => ClaimVerdict.AlreadyFinished, _ => ClaimVerdict.Superseded };

        if (order < 0) return ClaimVerdict.Superseded;
        if (existing.ExpiresAt is not { } expires || expires <= now) return ClaimVerdict.Take; // Lambda has killed its writer
        // Lambda's own retry: the first attempt is over
        if (requestId is not null && requestId == existing.RequestId) return ClaimVerdict.Take;
        if (order == 0) return ClaimVerdict.AlreadyRunning;
        return existing.Phase == RunPhase.Uploading ? ClaimVerdict.Later : ClaimVerdict.Take;
    }

    private static bool IsUnfinished(RunRecord existing) =>
        existing is { Status: RunStatus.TimedOut, Reason: RunReason.Deadline } or { Reason: RunReason.GaveUp };

    /// <summary>Whether the record tells of this very object.</summary>
    public static bool IsOf(RunRecord existing, DroppedObject drop) => Order(drop, existing) == 0;

    /// <summary>Positive when the drop is newer than the record's input, 0 when it is the same one.</summary>
    private static int Order(DroppedObject drop, RunRecord existing) => Order(drop, existing.Input, existing.Sequencer);

    /// <summary>Positive when the drop is newer than what was recorded, 0 when it is the same one.</summary>
    /// <param name="drop">The drop.</param>
    /// <param name="input">The object that was recorded.</param>
    /// <param name="sequencer">That of its event; null: none.</param>
    public static int Order(DroppedObject drop, RunInput input, string? sequencer)
    {
        // Where two buckets share one for their results, versions and sequencers say nothing, and the time of the put must do.
        if (drop.Bucket != input.Bucket) return drop.EventTime < input.LastModified || drop.IsGone ? -1 : 1;
        if (drop.VersionId is { Length: > 0 } version && version == input.VersionId) return 0;
        if (drop.Sequencer is { Length: > 0 } ours && sequencer is { Length: > 0 } theirs) return Sequencer.Compare(ours, theirs);

        // One of the two came without a sequencer (a direct call): the object itself tells.
        if (drop.IsGone && input.LastModified is not null) return -1;
        if (drop.EventTime is not { } put || input.LastModified is not { } known) return 1;
        if (drop.ETag is not null && drop.ETag == input.ETag && put <= known) return 0;
        return put.CompareTo(known) is var order && order == 0 && drop.ETag != input.ETag ? 1 : order;
    }
}
