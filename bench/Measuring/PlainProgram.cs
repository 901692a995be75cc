using System.Diagnostics;

using TestBed;

namespace Measuring;

/// <summary>The <c>energyplus</c> program on local files: what nothing can be faster than without starting it earlier.</summary>
public static class PlainProgram
{
    public static TimeSpan Run(string model, string weather)
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(Path.Combine(RealParts.EnergyPlus(), "energyplus"), ["-w", weather, "-d", folder.Path, model])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        var watch = Stopwatch.StartNew();
        using var program = Process.Start(start)!;
        program.OutputDataReceived += (_, _) => { };
        program.ErrorDataReceived += (_, _) => { };
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        program.WaitForExit();
        return program.ExitCode == 0
            ? watch.Elapsed
            : throw new InvalidOperationException($"energyplus ended with {program.ExitCode} on {model}.");
    }
}
