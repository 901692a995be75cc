using IdfKit.Engine.Results;

namespace IdfKit.Runs.Publishing;

/// <summary>The names of profiles, and the files that each keeps beside those that the run makes of its results.</summary>
internal static class OutputProfiles
{
    private static readonly string[] Known = ["all", "lean", "essential"]; // as the enumeration has them

    public static IReadOnlyList<string> Names => Known;

    public static string NameOf(OutputProfile profile) => Known[(int)profile];

    /// <summary>Null when there is none of that name.</summary>
    public static OutputProfile? Parse(string name) => Array.IndexOf(Known, name) is >= 0 and var index ? (OutputProfile)index : null;

    /// <summary>The patterns of the files; null: all.</summary>
    /// <param name="profile">Which files are kept.</param>
    /// <param name="prefix">EnergyPlus's <c>--output-prefix</c>.</param>
    /// <param name="suffix">EnergyPlus's <c>--output-suffix</c>.</param>
    public static IReadOnlyList<string>? FilesOf(OutputProfile profile, string prefix, char suffix)
    {
        if (profile is OutputProfile.All) return null;
        var errors = OutputNames.Output(prefix, suffix, "err");
        var tables = OutputNames.Table(prefix, suffix, "htm");
        return profile is OutputProfile.Lean ? [errors, tables] : [errors, tables, OutputNames.Output(prefix, suffix, "sql")];
    }
}
