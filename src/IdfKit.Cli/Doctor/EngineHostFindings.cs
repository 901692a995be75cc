using IdfKit.Engine;

namespace IdfKit.Cli.Doctor;

/// <summary>Whether idfkit-engine is there and can keep EnergyPlus warm.</summary>
internal static class EngineHostFindings
{
    public static async Task<Finding> LookAsync(string? given, EnergyPlusInstallation? installation, CancellationToken cancellationToken)
    {
        var path = given is null ? Find() : Path.GetFullPath(given);
        if (path is null)
            return Finding.Note($"{EngineHost.FileName} is not beside this tool nor in artifacts/publish; runs start the plain program, "
                + "0.15 s slower each (./eng/publish.sh makes it, --engine-host names it)");
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

    /// <summary>Beside the tool, or as published in the checkout that the tool lies in.</summary>
    private static string? Find() =>
        Checkout.PathOf(AppContext.BaseDirectory, "artifacts", "publish") is { } published ? EngineHost.Find(published) : EngineHost.Find();
}
