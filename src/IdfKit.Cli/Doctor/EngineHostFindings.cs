using IdfKit.Cli.Dev;
using IdfKit.Engine;

namespace IdfKit.Cli.Doctor;

/// <summary>Whether idfkit-engine is there and can keep EnergyPlus warm.</summary>
internal static class EngineHostFindings
{
    public static async Task<Finding> LookAsync(string? given, EnergyPlusInstallation? installation, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux()) return Finding.Note("warm engine hosts run on Linux only; runs start the plain program");
        if (PathOf(given) is not { } path)
            return Finding.Note($"{EngineHost.FileName} is not beside this tool, nor beside the function's bootstrap, nor in "
                + "artifacts/publish; runs start "
                + "the plain program, 0.15 s slower each (./eng/publish.sh makes it, --engine-host names it)");
        if (installation is null) return Finding.Note($"{path} cannot be tried without EnergyPlus");
        try
        {
            var check = await EngineHostCheck.RunAsync(installation, path, cancellationToken);
            if (check.Loads) return Finding.Good($"{path} loads {Path.GetFileName(installation.ApiLibraryPath)} and is ready to run");
            return installation.IsReplay
                ? Finding.Note($"{path} is not used: {check.Fault}")
                : Finding.Problem($"{path} cannot keep EnergyPlus warm, so runs start the plain program: {check.Fault}");
        }
        catch (EnergyPlusException e) { return Finding.Problem(e.Message); }
    }

    /// <summary>
    /// Where it is: beside the tool, or beside the function that <c>idfkit dev</c> starts, or as published in the
    /// checkout.
    /// </summary>
    /// <param name="given">The caller's own word; null: it has none.</param>
    public static string? PathOf(string? given)
    {
        if (given is not null) return Path.GetFullPath(given);

        var published = Checkout.PathOf(AppContext.BaseDirectory, "artifacts", "publish");
        return EngineHost.Find(new[] { FunctionFolder(), published }.OfType<string>());
    }

    private static string? FunctionFolder()
    {
        var named = Environment.GetEnvironmentVariable("IDFKIT_BOOTSTRAP");
        try { return Path.GetDirectoryName(BootstrapFinder.Find(null, named, AppContext.BaseDirectory).Path); }
        catch (FileNotFoundException) { return null; } // idfkit dev says so
    }
}
