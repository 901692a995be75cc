using System.Globalization;

using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli;

/// <summary>
/// What the tool says: a file for each command, and here what several of them say and the words that all use. What others have said goes
/// in as one line.
/// </summary>
internal static partial class CliSentences
{
    private const int Longest = 300;
    private const string PlainInShells = "/._-:+@%,";

    // Options

    public static string BothPeriods { get; } = "Give --annual or --design-day, not both.";

    public static string Empty(string what) => $"{what} must not be empty.";

    public static string NoOption(string given, string? nearest) => given == nearest
        ? $"'{OneLine(given)}' is an option, and behind '--' stand none; put it before. A file of that name is written "
            + $"'./{OneLine(given)}'."
        : $"there is no option '{OneLine(given)}'{(nearest is null ? "" : $" (is {nearest} meant?)")}; a file of that name is written "
            + $"'./{OneLine(given)}'.";

    public static string NoNumber(string option, string value) => $"{option} takes a whole number, not '{Clean(value)}'.";

    public static string OutOfRange(string option, int least, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"{option} must lie between {least} and {most}.");

    // Runs of several commands

    public static string CountedRuns(int runs, IReadOnlyDictionary<string, int> counts)
    {
        var ends = counts.Where(count => count.Value > 0).Select(count => $"{Number(count.Value)} {count.Key.Replace('_', ' ')}");
        return $"{Counted(runs, "run")}: {string.Join(", ", ends)}.";
    }

    public static string RowEnded(string status, string row, int ended, int total, string? message) =>
        $"{status,-10}  {Line(row)}  ({Number(ended)} of {Number(total)}){(message is null ? "" : "  " + Line(message))}";

    // What the disk says

    public static string Disk(string why) => Line(why).TrimEnd('.') + ".";

    // Words

    /// <summary>Text of others as part of a line: a control character, a line end or a mark of direction is its number.</summary>
    public static string Clean(string text) => Printable.Of(text);

    public static string Word(RunStatus status) => status switch
    {
        RunStatus.TimedOut => "timed_out",
        _ => status.ToString().ToLowerInvariant(),
    };

    private static string Line(string text)
    {
        var line = new string([.. text.Select((c, at) => Printable.IsPlain(text, at) ? c : ' ')]).Trim();
        return line.Length <= Longest ? line : line[..(Longest - 1)] + "…";
    }

    /// <summary>Such that a shell takes it for one word, and for nothing else.</summary>
    private static string Quoted(string path)
    {
        var isPlain = path.All(c => char.IsLetterOrDigit(c) || PlainInShells.Contains(c, StringComparison.Ordinal));
        return isPlain ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static string Counted(int count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan time)
    {
        if (time.TotalMinutes < 1) return string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s");
        return time.TotalHours < 2
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMinutes):0} min")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalHours):0} h");
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };
}
