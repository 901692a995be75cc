using System.Diagnostics;
using TestBed;

namespace StorageBench;

/// <summary>The files that a real run of SmallOffice leaves.</summary>
internal static class SimulatedOffice
{
    public static void Run(string folder)
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(Path.Combine(RealParts.EnergyPlus(), "energyplus"),
            ["-x", "-r", "-w", RealParts.Weather("Chicago"), "-d", folder, RealParts.Model("RefBldgSmallOffice")])
        {
            RedirectStandardOutput = true, WorkingDirectory = folder
        };
        using var program = Process.Start(start)!;
        program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        if (program.ExitCode != 0) throw new InvalidOperationException($"energyplus ended with {program.ExitCode}");
    }
}
