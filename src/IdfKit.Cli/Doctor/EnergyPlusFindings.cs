using IdfKit.Engine;

namespace IdfKit.Cli.Doctor;

/// <summary>Which EnergyPlus installations there are, and whether each runs.</summary>
internal static class EnergyPlusFindings
{
    /// <returns>A finding for each, and the one that a run would take if it runs.</returns>
    public static async Task<(IReadOnlyList<Finding> Findings, EnergyPlusInstallation? Working)> LookAsync(string? path, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        EnergyPlusInstallation? first = null, working = null;
        try { first = EnergyPlusInstallation.Find(path); }
        catch (EnergyPlusException e) { findings.Add(new("none", e.Message, "install EnergyPlus, or name its folder in ENERGYPLUS_DIR")); }

        IEnumerable<EnergyPlusInstallation> others = path is null ? EnergyPlusInstallation.FindAll().Where(other => other.Directory != first?.Directory) : [];
        foreach (var installation in first is null ? others : others.Prepend(first))
        {
            var check = await InstallationCheck.RunAsync(installation, cancellationToken);
            findings.Add(Describe(installation, check, isFirst: installation == first));
            if (installation == first && check.Runs) working = first;
        }
        return (findings, working);
    }

    private static Finding Describe(EnergyPlusInstallation installation, InstallationCheck check, bool isFirst)
    {
        var subject = installation.Version + (installation.Build is { } build ? $" ({build})" : "");
        var where = $"{installation.Directory}, found by {installation.FoundBy}{(isFirst ? ", used unless a model asks for another" : "")}";
        if (installation.IsReplay) return new(subject, $"plays recorded runs back and is no EnergyPlus: {where}");
        if (check.MissingLibraries is { Count: > 0 } missing)
            return new(subject, $"does not run, these libraries are missing: {string.Join(", ", missing)}: {where}", $"install {string.Join(", ", missing)} (on Debian and Ubuntu libX11.so.6 is in libx11-6)");
        return check.Runs
            ? new(subject, $"runs: {where}")
            : new(subject, $"does not run: {check.Answer.TrimEnd('.')}: {where}", $"install what EnergyPlus {installation.Version} lacks, or EnergyPlus again, in {installation.Directory}");
    }
}
