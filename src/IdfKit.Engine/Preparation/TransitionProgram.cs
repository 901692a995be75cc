using System.Text.RegularExpressions;

using IdfKit.Engine.Installations;

namespace IdfKit.Engine.Preparation;

/// <summary>A program that rewrites an IDF model of one version for the next ("Transition-V25-1-0-to-V25-2-0").</summary>
internal sealed partial record TransitionProgram(EnergyPlusVersion From, EnergyPlusVersion To, string Path)
{
    /// <summary>"Transition-V25-1-0-to-V25-2-0".</summary>
    public string FileName => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>"Transition 25.1 to 25.2".</summary>
    public string Title => $"Transition {EngineSentences.Short(From)} to {EngineSentences.Short(To)}";

    /// <summary>Where an installation has its programs, whether they are there or not.</summary>
    public static string FolderOf(EnergyPlusInstallation installation) =>
        System.IO.Path.Combine(installation.Directory, InstallationFiles.VersionUpdater);

    /// <summary>Those of several installations, in the order of these: the programs of any can prepare a model for each.</summary>
    public static IReadOnlyList<TransitionProgram> Of(IReadOnlyList<EnergyPlusInstallation> installations) =>
        [.. installations.SelectMany(installation => In(FolderOf(installation)))];

    /// <summary>Those in a folder; empty when there is no such folder.</summary>
    public static IReadOnlyList<TransitionProgram> In(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var found = new List<TransitionProgram>();
        foreach (var path in Directory.EnumerateFiles(folder, "Transition-V*"))
        {
            var match = Form().Match(System.IO.Path.GetFileName(path));
            if (!match.Success) continue;
            if (!EnergyPlusVersion.TryParse(match.Groups[1].Value, out var from)) continue;
            if (!EnergyPlusVersion.TryParse(match.Groups[2].Value, out var to)) continue;
            if (from < to && !from.IsSameRelease(to)) found.Add(new(from, to, path));
        }
        return found;
    }

    /// <summary>The programs that lead from one version to another, in order; null when there is a gap.</summary>
    public static IReadOnlyList<TransitionProgram>? Chain(
        IReadOnlyList<TransitionProgram> programs, EnergyPlusVersion from, EnergyPlusVersion to)
    {
        var chain = new List<TransitionProgram>();
        while (!from.IsSameRelease(to))
        {
            var next = programs.FirstOrDefault(program => program.From.IsSameRelease(from) && IsOnTheWay(program, to));
            if (next is null) return null;
            chain.Add(next);
            from = next.To;
        }
        return chain;
    }

    // The target's third number does not matter: a program to 25.2.1 leads to an installed 25.2.0.
    private static bool IsOnTheWay(TransitionProgram program, EnergyPlusVersion to) =>
        program.To.IsSameRelease(to) || program.To < to;

    [GeneratedRegex(
        @"^Transition-V(\d+-\d+-\d+)-to-V(\d+-\d+-\d+)(?:\.exe)?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
