using System.Globalization;

namespace IdfKit.Cli.Dev;

/// <summary>A run in one line.</summary>
internal static class RunText
{
    public static string Progress(Run run)
    {
        var environment = run.SimulatedEnvironment is { Length: > 0 } name ? $" ({name})" : "";
        return OnOneLine($"{CliSentences.Phase(run.Phase)}{Percent(run)}{environment}");
    }

    /// <summary>What is running in a line of so many columns: the name is cut first, then the bar is left out.</summary>
    public static string InColumns(Run run, int columns)
    {
        const int BarWidth = 24, LeastForBar = 76;
        var bar = columns >= LeastForBar ? "  " + Bar(run.Percent ?? 0, BarWidth) : "";
        var progress = columns >= LeastForBar ? Progress(run) : CliSentences.Phase(run.Phase) + Percent(run);
        var room = columns - bar.Length - 2 - progress.Length;
        var name = OnOneLine(run.Input);
        return Cut($"{Tail(name, Math.Max(room, 8))}{bar}  {progress}", columns);
    }

    public static string Outcome(Run run)
    {
        var seconds = run.Seconds is { } value ? string.Create(CultureInfo.InvariantCulture, $"  {value:0.0} s") : "";
        var message = string.IsNullOrEmpty(run.Message) ? "" : "  " + run.Message;
        return OnOneLine($"{run.Input}{seconds}  {run.Folder}{message}");
    }

    private static string Percent(Run run) => run.Percent is { } value ? string.Create(CultureInfo.InvariantCulture, $" {value:0}%") : "";

    private static string Bar(double percent, int width)
    {
        var full = (int)Math.Round(Math.Clamp(percent, 0, 100) / 100 * width);
        return new string('━', full) + new string('─', width - full);
    }

    // The end of a key tells models apart, its start says what is known.
    private static string Tail(string text, int most) => text.Length <= most ? text : "…" + text[^(most - 1)..];

    public static string Cut(string text, int most) => text.Length <= most ? text : text[..Math.Max(most - 1, 0)] + "…";

    // A key may hold line ends, and what a terminal takes for a command.
    private static string OnOneLine(string text) => string.Create(text.Length, text, (line, given) =>
    {
        for (var i = 0; i < line.Length; i++) line[i] = char.IsControl(given[i]) ? ' ' : given[i];
    });
}
