using System.Diagnostics;

namespace Results;

/// <summary>Runs a program to its end.</summary>
internal static class Programs
{
    public static string Run(string program, IEnumerable<string> arguments, out int exit, string? folder = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, WorkingDirectory = folder ?? Environment.CurrentDirectory
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        exit = process.ExitCode;
        return output;
    }
}
