using System.Text.RegularExpressions;

namespace IdfKit.Engine.Preparation;

/// <summary>A program that rewrites an IDF model of one version for the next ("Transition-V25-1-0-to-V25-2-0").</summary>
internal sealed partial record TransitionProgram(EnergyPlusVersion From, EnergyPlusVersion To, string Path)
{
    /// <summary>Those in a folder; empty when there is no such folder.</summary>
    public static IReadOnlyList<TransitionProgram> In(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var found = new List<TransitionProgram>();
        foreach (var path in Directory.EnumerateFiles(folder, "Transition-V*"))
            if (Form().Match(System.IO.Path.GetFileName(path)) is { Success: true } match
                && EnergyPlusVersion.TryParse(match.Groups[1].Value, out var from) && EnergyPlusVersion.TryParse(match.Groups[2].Value, out var to) && from < to)
                found.Add(new(from, to, path));
        return found;
    }

    /// <summary>The programs that lead from one version to another, in order; null when there is a gap.</summary>
    public static IReadOnlyList<TransitionProgram>? Chain(IReadOnlyList<TransitionProgram> programs, EnergyPlusVersion from, EnergyPlusVersion to)
    {
        var chain = new List<TransitionProgram>();
        while (!VersionRule.IsSame(from, to))
        {
            if (programs.FirstOrDefault(program => VersionRule.IsSame(program.From, from)) is not { } next || next.To > to) return null;
            chain.Add(next);
            from = next.To;
        }
        return chain;
    }

    [GeneratedRegex(@"^Transition-V(\d+-\d+-\d+)-to-V(\d+-\d+-\d+)(?:\.exe)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
