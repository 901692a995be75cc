using IdfKit.Engine;

namespace IdfKit.Drops.Jobs;

/// <summary>What job files and settings call what becomes of a model of another EnergyPlus version.</summary>
internal static class VersionPolicyNames
{
    internal static readonly string[] All = ["exact_or_migrate", "exact", "as_is", "migrate"];

    internal static VersionPolicy? Parse(string name) => name switch
    {
        "exact_or_migrate" or "migrate" => VersionPolicy.Migrate,
        "exact" => VersionPolicy.Refuse,
        "as_is" => VersionPolicy.RunOlder,
        _ => null,
    };
}
