using IdfKit.Engine;

namespace IdfKit.Cli.Doctor;

/// <summary>What confines EnergyPlus on this machine, and what a confined run reaches all the same.</summary>
internal static class ConfinementFindings
{
    public static async Task<IReadOnlyList<Finding>> LookAsync(string? given, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux()) return [Finding.Note("runs are confined on Linux only")];
        if (EngineHostFindings.PathOf(given) is not { } path)
            return [Finding.Warning($"{EngineHost.FileName}, which confines runs, is not there: a run reaches what this user reaches")];
        try { return Describe(await ConfinementCheck.RunAsync(path, cancellationToken)); }
        catch (EnergyPlusException e) { return [Finding.Problem(e.Message)]; }
    }

    private static IReadOnlyList<Finding> Describe(ConfinementCheck check)
    {
        var reached = check.Attacks.Where(attack => attack.Fault is not null).ToArray();
        var refused = check.Attacks.Except(reached).Select(attack => attack.Deed).ToArray();
        var layers = check.Confinement switch
        {
            "none" => Finding.Warning("the kernel confines nothing: a run reaches what this user reaches"),
            var both when both.Contains("landlock", StringComparison.Ordinal) && both.Contains("filter", StringComparison.Ordinal) =>
                Finding.Good($"runs are confined by {both}"),
            var one => Finding.Warning($"runs are confined by {one} alone"),
        };
        return
        [
            layers,
            .. refused.Length > 0 ? [Finding.Good($"tried, and refused: {string.Join(", ", refused)}")] : Array.Empty<Finding>(),
            .. reached.Select(attack => Finding.Warning($"a confined run could {attack.Deed}: {attack.Fault}")),
        ];
    }
}
