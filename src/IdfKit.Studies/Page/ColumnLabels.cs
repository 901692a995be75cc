using IdfKit.Engine;
using IdfKit.Studies.Columns;

namespace IdfKit.Studies.Page;

/// <summary>How columns are called for people.</summary>
internal static class ColumnLabels
{
    private const int Longest = 200;
    private const string EndUses = "end_uses_gj_", NotMet = "unmet_hours_", Peaks = "peaks_", Watts = "_watts";

    private static readonly (string Ending, string Unit)[] Units =
        [("_kwh_m2", "kWh/m²"), ("_mj_m2", "MJ/m²"), ("_kwh", "kWh"), ("_gj", "GJ"), ("_m2", "m²"), (Watts, "W")];

    private static readonly string[] LessIsBetter = ["site_", "source_", NotMet, Peaks, EndUses, "warnings", "severe", "seconds"];

    /// <summary>Of a column of the study's file: <c>Material/Insulation/Thickness</c> is the Thickness of Insulation.</summary>
    public static ColumnLabel OfParameter(string heading)
    {
        if (heading is ['@', '@', .. var tag, '@', '@'] && tag.Length > 0) return new(OneLine.Of(tag, Longest));
        if (Heading.Read(heading)?.Path is not { } path) return new(OneLine.Of(heading, Longest));
        var owner = path.ObjectName ?? (path.IsEvery ? $"every {path.ClassName}" : path.ClassName);
        return new(OneLine.Of(path.Field, Longest), OneLine.Of(owner, Longest));
    }

    /// <summary>Of a figure: <c>site_eui_kwh_m2</c> is Site energy, kWh/m².</summary>
    public static ColumnLabel OfFigure(string name)
    {
        if (name is "hours_simulated") return new("Hours simulated", Unit: "h");
        if (name is "seconds") return new("Time of the run", Unit: "s");
        if (name.StartsWith(NotMet, StringComparison.Ordinal)) return new("Not met: " + Words(name[NotMet.Length..]), Unit: "h");
        if (name.StartsWith(EndUses, StringComparison.Ordinal)) return new(Sentence(name[EndUses.Length..]), Unit: "GJ");
        if (name.StartsWith(Peaks, StringComparison.Ordinal) && name.EndsWith(Watts, StringComparison.Ordinal))
            return new("Peak, " + Words(name[Peaks.Length..^Watts.Length]), Unit: "W");
        foreach (var (ending, unit) in Units)
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal))
                return new(Sentence(name[..^ending.Length].Replace("_eui", "_energy", StringComparison.Ordinal)), Unit: unit);
        return new(Sentence(name));
    }

    /// <summary>Whether people want little of a figure.</summary>
    public static bool IsLessBetter(string name) => LessIsBetter.Any(begin => name.StartsWith(begin, StringComparison.Ordinal));

    /// <summary><c>interior_lighting</c>: Interior lighting.</summary>
    public static string Sentence(string name)
    {
        var words = Words(name);
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string Words(string name) => OneLine.Of(name.Replace('_', ' '), Longest);
}
