using IdfKit.Runs;

namespace IdfKit.Drops.Claims;

/// <summary>Which records a run may take over, and what it takes over with them.</summary>
internal interface IClaimRule
{
    /// <summary>What the run may do, given the record that lies in its folder.</summary>
    /// <param name="existing">The record; null when there is none that can be read.</param>
    /// <param name="requestId">The run's own, where the record may be of an earlier attempt of the same request; null elsewhere.</param>
    /// <param name="now">The moment.</param>
    ClaimVerdict Decide(RunRecord? existing, string? requestId, DateTimeOffset now);

    /// <summary>The record of the run as it is claimed: what lies there goes on in it.</summary>
    /// <param name="begun">The run's own.</param>
    /// <param name="existing">The record that it takes the place of; null when there is none that can be read.</param>
    RunRecord After(RunRecord begun, RunRecord? existing);
}
