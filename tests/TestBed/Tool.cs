using Xunit;
using System.ComponentModel;
using System.Diagnostics;

namespace TestBed;

public sealed record ToolResult(int ExitCode, string Output, string Error);

/// <summary>A program of this machine, run to its end.</summary>
public static class Tool
{
    public static async Task<ToolResult> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ToolResult(process.ExitCode, await output, await error);
    }

    /// <summary>Skips the test where the program is absent or does not work.</summary>
    public static async Task RequireAsync(string reason, string program, params string[] arguments)
    {
        try
        {
            var tried = await RunAsync(program, Path.GetTempPath(), arguments);
            Needs.That(tried.ExitCode == 0, reason);
        }
        catch (Win32Exception)
        {
            Assert.Skip(reason);
        }
    }
}
