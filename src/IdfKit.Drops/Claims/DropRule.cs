using IdfKit.Runs;

namespace IdfKit.Drops.Claims;

/// <summary>The rule of a dropped model: the table of docs/run-lifecycle.md.</summary>
/// <param name="drop">Its event.</param>
internal sealed class DropRule(DroppedObject drop) : IClaimRule
{
    public ClaimVerdict Decide(RunRecord? existing, string? requestId, DateTimeOffset now) =>
        ClaimRules.Decide(existing, drop, requestId, now);

    public RunRecord After(RunRecord begun, RunRecord? existing)
    {
        // A direct call has no sequencer; that of the same object is kept, or a late copy of its event would seem newer.
        if (begun.Sequencer is null && existing is { Sequencer: { } known } earlier && ClaimRules.IsOf(earlier, drop))
            begun = begun with { Sequencer = known };
        return begun with { Missing = existing?.Missing ?? [] }; // its notes still lie there (WaitingModels)
    }
}
