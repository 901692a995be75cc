using IdfKit.Drops.Claims;
using IdfKit.Drops.Objects;
using IdfKit.Runs;

namespace IdfKit.Drops.Studies;

/// <summary>Who may take over the record of a row (the table of docs/run-lifecycle.md), as one pure function.</summary>
internal static class RowRules
{
    /// <summary>So many attempts die before the row is said to have crashed.</summary>
    public const int MostDeaths = 2;

    public static ClaimVerdict Decide(RunRecord? existing, RunStudy row, string? sequencer, string? requestId, DateTimeOffset now)
    {
        if (existing?.Study is not { } of) return ClaimVerdict.Take;
        var isSame = HasIdentity(of, row);
        if (existing.Status != RunStatus.Running)
        {
            if (HasRun(existing, row)) return ClaimVerdict.AlreadyFinished;
            return !isSame && IsNewer(existing, of, row, sequencer) ? ClaimVerdict.Superseded : ClaimVerdict.Take;
        }
        if (requestId is not null && requestId == existing.RequestId) return ClaimVerdict.Take; // the attempt before is over
        if (existing.ExpiresAt is not { } expires || expires <= now) return ClaimVerdict.Take; // its writer has been killed
        if (isSame) return ClaimVerdict.AlreadyRunning;
        if (IsNewer(existing, of, row, sequencer)) return ClaimVerdict.Superseded;
        return existing.Phase == RunPhase.Uploading ? ClaimVerdict.Later : ClaimVerdict.Take;
    }

    /// <summary>Whether a record says that just this row has been run: not where only its inputs had been changed meanwhile.</summary>
    public static bool HasRun(RunRecord? existing, RunStudy row) =>
        existing is { Status: not RunStatus.Running, Reason: not RunReason.InputsChanged, Study: { } of } && HasIdentity(of, row);

    /// <summary>The row as an attempt takes it over: an attempt before it that did not let go of it has died.</summary>
    public static RunStudy After(RunRecord? existing, RunStudy row)
    {
        var hasDied = existing is { Status: RunStatus.Running, Study: { } of } && HasIdentity(of, row);
        var deaths = hasDied ? existing!.Study!.Attempt : 0;
        return row with { Attempt = (deaths ?? 1) + 1 };
    }

    private static bool HasIdentity(RunStudy one, RunStudy other) => one.Identity.Length > 0 && one.Identity == other.Identity;

    private static bool IsNewer(RunRecord existing, RunStudy of, RunStudy row, string? sequencer) =>
        of.Key == row.Key && existing.Sequencer is { } theirs && sequencer is not null && Sequencer.Compare(theirs, sequencer) > 0;
}
