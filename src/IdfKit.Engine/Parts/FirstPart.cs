using IdfKit.Engine.Results;

namespace IdfKit.Engine.Parts;

/// <summary>Which files of the first part are those of all: set-up, sizing and geometry (alike on twelve models, 25.2).</summary>
/// <param name="prefix">EnergyPlus's <c>--output-prefix</c>.</param>
/// <param name="suffix">EnergyPlus's <c>--output-suffix</c>.</param>
/// <param name="more">Extensions that are, too, for who asks.</param>
internal sealed class FirstPart(string prefix, char suffix, params string[] more)
{
    private static readonly string[] SetUp =
        ["audit", "bnd", "rdd", "mdd", "mtd", "shd", "dxf", "wrl", "sln", "sci", "svg", "expidf", "rvaudit"];

    private static readonly string[] Sizing = ["zsz", "ssz", "spsz", "psz"];

    /// <summary>Whether a file of that name is.</summary>
    public bool Has(string name)
    {
        if (name == OutputNames.DatabaseLog(prefix, suffix)) return true;
        if (SetUp.Concat(more).Any(extension => name == OutputNames.Output(prefix, suffix, extension))) return true;
        var stem = Path.GetFileNameWithoutExtension(name);
        return stem.StartsWith(prefix, StringComparison.Ordinal)
            && Sizing.Contains(stem[prefix.Length..].TrimStart('-'), StringComparer.OrdinalIgnoreCase);
    }
}
