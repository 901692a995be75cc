using System.Globalization;

namespace IdfKit.Cli.Dev;

/// <summary>A run in one line.</summary>
internal static class RunText
{
    public static string Progress(Run run)
    {
        var percent = run.Percent is { } value ? string.Create(CultureInfo.InvariantCulture, $" {value:0}%") : "";
        var environment = run.SimulatedEnvironment is { Length: > 0 } name ? $" ({name})" : "";
        return $"{run.Phase ?? "starting"}{percent}{environment}";
    }

    public static string Outcome(Run run)
    {
        var seconds = run.Seconds is { } value ? string.Create(CultureInfo.InvariantCulture, $"  {value:0.0} s") : "";
        var message = run.IsCompleted || string.IsNullOrEmpty(run.Message) ? "" : "  " + run.Message;
        return OnOneLine($"{run.Input}{seconds}  {run.Folder}{message}");
    }

    // A key may hold line ends, and what a terminal takes for a command.
    private static string OnOneLine(string text) => string.Create(text.Length, text, (line, given) =>
    {
        for (var i = 0; i < line.Length; i++) line[i] = char.IsControl(given[i]) ? ' ' : given[i];
    });
}
