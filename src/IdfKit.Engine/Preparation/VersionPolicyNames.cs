namespace IdfKit.Engine.Preparation;

/// <summary>What version policies are called in settings and job files.</summary>
internal static class VersionPolicyNames
{
    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<string> All { get; } = ["exact_or_migrate", "exact", "as_is", "migrate"];

    /// <summary>"exact_or_migrate, exact, as_is or migrate", for messages.</summary>
    public static string Choice { get; } = $"{string.Join(", ", All.Take(All.Count - 1))} or {All[^1]}";

    /// <summary>The policy of that name, in any case; null when there is none.</summary>
    public static VersionPolicy? Parse(string name) => name.Trim().ToLowerInvariant() switch
    {
        "exact_or_migrate" => VersionPolicy.ExactOrMigrate,
        "exact" => VersionPolicy.Exact,
        "as_is" => VersionPolicy.AsIs,
        "migrate" => VersionPolicy.Migrate,
        _ => null,
    };

    /// <summary>The name of a policy.</summary>
    public static string Of(VersionPolicy policy) => All[(int)policy];
}
