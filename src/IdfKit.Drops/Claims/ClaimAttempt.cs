using IdfKit.Runs;

namespace IdfKit.Drops.Claims;

/// <summary>What came of asking for a claim.</summary>
internal abstract record ClaimAttempt
{
    /// <summary>The claim is ours.</summary>
    internal sealed record Held(RunClaim Claim) : ClaimAttempt;

    /// <summary>The record that lies there keeps the event from being run.</summary>
    internal sealed record Declined(ClaimVerdict Verdict, RunRecord? Existing) : ClaimAttempt
    {
        /// <summary>Whether the run that holds the record has been seen to go on.</summary>
        public bool IsSeenToLive { get; init; }
    }
}
