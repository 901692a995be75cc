using IdfKit.Engine;

namespace IdfKit.Cli.Doctor;

/// <summary>Which EnergyPlus installations there are, and whether they run.</summary>
internal static class EnergyPlusFindings
{
    public static async Task<(EnergyPlusInstallation? Chosen, IReadOnlyList<Finding> Findings)> LookAsync(
        CancellationToken cancellationToken)
    {
        EnergyPlusInstallation chosen;
        try { chosen = EnergyPlusInstallation.Find(); }
        catch (EnergyPlusException e)
        {
            return (null, [Finding.Problem(e.Message), .. await ScriptFindings.LookAsync(AppContext.BaseDirectory, cancellationToken)]);
        }

        var findings = new List<Finding>();
        foreach (var installation in EnergyPlusInstallation.FindAll().Prepend(chosen).DistinctBy(installation => installation.Directory))
        {
            var isChosen = installation.Directory == chosen.Directory;
            findings.Add(await LookAtAsync(installation, isChosen, cancellationToken));
            if (isChosen && findings[^1].Level == FindingLevel.Problem)
                findings.AddRange(await ScriptFindings.LookAsync(AppContext.BaseDirectory, cancellationToken));
            findings.Add(Finding.Note($"beside it: {Programs(installation)}"));
        }
        return (chosen, findings);
    }

    private static async Task<Finding> LookAtAsync(EnergyPlusInstallation installation, bool isChosen, CancellationToken cancellationToken)
    {
        var check = await InstallationCheck.RunAsync(installation, cancellationToken);
        var name = $"{installation}{(isChosen ? " (used)" : "")}";
        if (installation.IsReplay) return Finding.Note($"{name} plays recorded runs back; it simulates nothing");
        if (check is { Runs: true, MissingLibraries: [] }) return Finding.Good($"{name} runs: {check.Answer}");
        var missing = check.MissingLibraries.Count > 0 ? $"; missing libraries: {string.Join(", ", check.MissingLibraries)}" : "";
        var what = check.Answer.Length > 0 ? check.Answer.TrimEnd('.') : "it printed nothing";
        var text = $"{name} does not run: {what}{missing}. {string.Join(' ', check.Advice)}".TrimEnd();
        return isChosen ? Finding.Problem(text) : Finding.Note(text);
    }

    private static string Programs(EnergyPlusInstallation installation) => string.Join(", ",
        new (string Name, string? Path)[]
        {
            ("ExpandObjects", installation.ExpandObjectsPath), ("ReadVarsESO", installation.ReadVarsPath), ("Slab", installation.SlabPath),
            ("Basement", installation.BasementPath), ("API library", installation.ApiLibraryPath),
        }.Select(program => $"{program.Name} {(program.Path is null ? "no" : "yes")}"));
}
