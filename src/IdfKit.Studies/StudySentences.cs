using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Studies;

/// <summary>
/// The sentences of this library that a modeller reads, a file for each of the things that they are about; here how a study ended, and the
/// words that all use. Each is one line of at most <see cref="Longest"/> characters; what the file or the model says goes in through
/// <see cref="OneLine"/>.
/// </summary>
internal static partial class StudySentences
{
    /// <summary>The most characters of a message.</summary>
    public const int Longest = 300;

    // How it ended

    /// <summary>The first sentence, and how many more there are.</summary>
    public static string AndMore(string first, int more)
    {
        var rest = more > 0 ? string.Create(CultureInfo.InvariantCulture, $" And {more} more.") : "";
        return OneLine.Of(first.TrimEnd('.'), Longest - rest.Length - 1).TrimEnd('.') + "." + rest;
    }

    /// <param name="rows">How many rows the study has.</param>
    /// <param name="completed">How many of them have completed.</param>
    /// <param name="open">How many run.</param>
    /// <param name="notRun">How many have no run.</param>
    /// <param name="alike">How many of those that failed did so for the most frequent cause.</param>
    /// <param name="cause">What the first of these says; null: none failed.</param>
    public static string Ended(int rows, int completed, int open, int notRun, int alike, string? cause)
    {
        var ended = rows - open - notRun;
        var failed = ended - completed;
        var text = string.Create(CultureInfo.InvariantCulture, $"{ended} of {Counted(rows, "row")} {(ended == 1 ? "has" : "have")} ended");
        if (open > 0) text += string.Create(CultureInfo.InvariantCulture, $", {open} {(open == 1 ? "is" : "are")} running");
        if (notRun > 0) text += string.Create(CultureInfo.InvariantCulture, $", {notRun} {(notRun == 1 ? "has" : "have")} not run");
        if (failed == 0 || cause is null) return text + ".";
        var most = string.Create(CultureInfo.InvariantCulture, $"; {failed} did not complete, {alike} of them so: ");
        return OneLine.Of((text + most + cause).TrimEnd('.'), Longest - 1).TrimEnd('.') + ".";
    }

    public static string EndedAs(string status) => $"The run ended as {OneLine.Of(status, 40)} and says no more.";

    [SentencePart]
    public static string Shown(string name, int rows) => $"{name}: {Counted(rows, "row")}";

    // Words

    private static string Meant(string? nearest, int longest = 60) =>
        nearest is null ? "" : $"; '{OneLine.Of(nearest, longest)}' may be meant";

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Counted(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
