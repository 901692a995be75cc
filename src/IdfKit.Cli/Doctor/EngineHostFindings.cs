using IdfKit.Engine;

namespace IdfKit.Cli.Doctor;

/// <summary>Whether there is an idfkit-engine, and whether it loads EnergyPlus's library.</summary>
internal static class EngineHostFindings
{
    private const string Name = "idfkit-engine";

    public static async Task<IReadOnlyList<Finding>> LookAsync(string? given, EnergyPlusInstallation? installation, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(given ?? Path.Combine(AppContext.BaseDirectory, Name));
        if (!File.Exists(path))
        {
            return given is null
                ? [new(Name, "is not beside this tool; EnergyPlus is started directly, which is slower by 0.15 s a run")]
                : [new(Name, $"is not at {path}", "give the path of idfkit-engine with --engine, or leave it out")];
        }
        if (installation is null) return [new(Name, $"not tried, because no EnergyPlus runs: {path}")];
        var check = await EngineHostCheck.RunAsync(installation, path, cancellationToken);
        return check.Works
            ? [new(Name, $"loads EnergyPlus {installation.Version}: {path}")]
            : [new(Name, $"does not work: {check.Answer.TrimEnd('.')}: {path}", "publish idfkit-engine again for this machine, or remove it: EnergyPlus is then started directly")];
    }
}
