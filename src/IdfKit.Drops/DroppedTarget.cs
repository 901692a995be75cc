using IdfKit.Drops.Claims;
using IdfKit.Drops.Inputs;
using IdfKit.Runs;
using IdfKit.Runs.Staging;

namespace IdfKit.Drops;

/// <summary>A dropped model.</summary>
internal sealed class DroppedTarget(
    RunSettings settings, IBucketSource buckets, ResultsPlace results, DroppedObject drop, WeatherListings? listings) : RunTarget
{
    private readonly DropRule _rule = new(drop);

    public override DroppedObject Drop => drop;

    public override string Url => drop.Url;

    public override string Folder => results.Layout.FolderOf(drop.Key);

    public override IModelSource Source(RunRecord claimed) =>
        new DroppedSource(settings, buckets, drop, results.Layout.KindOf(drop.Key, results.InSameBucket), listings);

    public override ClaimVerdict Decide(RunRecord? existing, string? requestId, DateTimeOffset now) =>
        _rule.Decide(existing, requestId, now);

    public override RunRecord After(RunRecord begun, RunRecord? existing) => _rule.After(begun, existing);
}
