using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Drops;

/// <summary>
/// What a modeller reads about a dropped file, a job file or a disk: one line each, what happened to what and what to do next. A file for
/// each of the things that sentences are about; here the words that all use. Names and foreign text go in as one clean line of bounded
/// length.
/// </summary>
internal static partial class DropSentences
{
    private static string File(string name) => OneLine.Of(name, 80);

    private static string Short(string text, int longest = 40) => OneLine.Of(text, longest);

    private static string Url(string url) => Key(url, 90);

    /// <summary>The end of a key says most.</summary>
    private static string Key(string key, int longest = 80)
    {
        var line = OneLine.Of(key, int.MaxValue);
        if (line.Length <= longest) return line;
        var start = line.Length - longest + 1;
        return "…" + line[(char.IsLowSurrogate(line[start]) ? start + 1 : start)..];
    }

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(3).Select(name => Key(name, 30))) + (names.Count > 3 ? ", …" : "");

    private static string List(IEnumerable<string> words, int longest = 125) => OneLine.Of(string.Join(", ", words), longest);

    private static string Foreign(string text, int longest) => OneLine.Of(text, longest).TrimEnd('.') + ".";

    private static string DidYouMean(string? nearest) => nearest is null ? "." : $"; did you mean '{Short(nearest)}'?";

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("G6", CultureInfo.InvariantCulture);
}
