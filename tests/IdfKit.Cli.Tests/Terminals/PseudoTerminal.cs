using System.Diagnostics;
using System.Text.RegularExpressions;

namespace IdfKit.Cli.Tests.Terminals;

/// <summary>The tool in a terminal of some width, which <c>script</c> (util-linux) gives it.</summary>
internal static partial class PseudoTerminal
{
    /// <returns>The exit code, and all that was written to the terminal.</returns>
    public static async Task<(int ExitCode, string Written)> RunAsync(
        int columns, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var command = string.Join(' ', arguments.Prepend(Tool.Program).Select(Quoted));
        var start = new ProcessStartInfo("script", ["-qefc", $"stty cols {columns} rows 30; exec {command}", "/dev/null"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("IDFKIT_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var name in (string[])["COLUMNS", "LINES", "NO_COLOR"]) start.Environment.Remove(name);
        start.Environment["TERM"] = "xterm-256color";
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var written = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await written);
    }

    /// <summary>What has stood on one line, whatever it was written over.</summary>
    public static IEnumerable<string> Lines(string written) =>
        Sequence().Replace(written, "").Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd());

    private static string Quoted(string argument) => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\u001b(\[[0-9;?]*[A-Za-z]|[=>])")]
    private static partial Regex Sequence();
}
