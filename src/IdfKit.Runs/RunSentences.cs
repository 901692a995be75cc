using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>
/// The sentences of this library that a modeller reads, a file for each of the things that they are about; here the words that all use.
/// Each is one line of at most <see cref="Longest"/> characters; what EnergyPlus or the model says goes in through <see cref="OneLine"/>.
/// </summary>
internal static partial class RunSentences
{
    private const double Largest = 1e12;

    /// <summary>The most characters of a message.</summary>
    public const int Longest = 300;

    /// <summary>The text with a full stop, if it has none.</summary>
    [SentencePart]
    public static string Stopped(string text) =>
        text.Length == 0 || text[^1] is '.' or '?' or '!' ? text : text.TrimEnd(';', ',', ':', ' ') + ".";

    /// <summary><c> (line 51)</c>; nothing when the line is not known.</summary>
    [SentencePart]
    public static string InLine(int? line) => line is { } number ? $" (line {number})" : "";

    private static string Number(double value) => Math.Clamp(value, -Largest, Largest).ToString("#,0.###", CultureInfo.InvariantCulture);

    /// <summary>The end of a path says most.</summary>
    private static string End(string path, int longest)
    {
        var line = OneLine.Of(path, 1024);
        return line.Length <= longest ? line : "…" + line[^(longest - 1)..];
    }
}
