using System.Diagnostics;

namespace IdfKit.Engine.Tests;

/// <summary>Runs one of EnergyPlus's programs to its end, to have something real to read.</summary>
internal static class Child
{
    public static int Run(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
