using System.Buffers;
using System.Globalization;

namespace IdfKit.Engine.Models;

/// <summary>
/// What a model says about its version. EnergyPlus only compares the text with its own version and warns, so people write all kinds of
/// things into it that it never complained about loudly.
/// </summary>
/// <param name="Number">Null when there is none, or none that can be read.</param>
/// <param name="Text">As written; null without a Version object.</param>
/// <param name="Fault">Why it is not known what the model is for, though it says something.</param>
internal readonly record struct ModelVersion(EnergyPlusVersion? Number, string? Text, string? Fault)
{
    /// <summary>From EnergyPlus 22.1 on versions are named by year and half-year: there is no 22.0.</summary>
    private const int FirstYear = 22;

    private const int MostNumbers = 3;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.-_");

    public static ModelVersion Of(Model model)
    {
        var objects = model.ObjectsOf("Version");
        if (objects.Count == 0) return default;
        var text = objects[0].Field(0, "version_identifier") ?? "";
        // EnergyPlus 25.2 ends with a fatal error: "Object should have no more than 1 properties".
        if (objects.Count > 1) return new(null, text, EngineSentences.SeveralVersions(objects.Count, objects[0].Line, objects[1].Line));
        if (TryRead(text, out var number)) return new(number, text, null);
        return new(null, text, text.Length == 0 ? EngineSentences.BlankVersion(objects[0].Line) : EngineSentences.UnreadableVersion(text));
    }

    /// <summary>
    /// Reads one to four numbers, with a letter V or the word Version before and a build behind them, in quotes or not:
    /// 9 is 9.0, 22 is 22.1, "V8.9.0.001" is 8.9, 9.4.0-998c4b761e is 9.4.
    /// </summary>
    internal static bool TryRead(string text, out EnergyPlusVersion version)
    {
        version = default;
        var rest = WithoutBuild(WithoutWord(text.AsSpan().Trim(" \t\"'")));
        Span<int> numbers = stackalloc int[MostNumbers];
        var count = 0;
        foreach (var range in rest.SplitAny('.', '-', '_'))
        {
            if (!int.TryParse(rest[range], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            if (count < MostNumbers) numbers[count] = number;
            count++;
        }
        if (count is 0 or > MostNumbers + 1) return false;
        if (count == 1 && numbers[0] >= FirstYear) numbers[1] = 1;
        version = new(numbers[0], numbers[1], numbers[2]);
        return true;
    }

    private static ReadOnlySpan<char> WithoutWord(ReadOnlySpan<char> text)
    {
        foreach (var word in (ReadOnlySpan<string>)["EnergyPlus", "Version", "V"])
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) text = text[word.Length..].TrimStart(" .-");
        return text;
    }

    /// <summary>What follows the second or a later number behind a sign or a blank is the build.</summary>
    private static ReadOnlySpan<char> WithoutBuild(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(" \t+(");
        if (end >= 0) text = text[..end];
        var letter = text.IndexOfAnyExcept(NumberCharacters);
        if (letter < 0) return text;
        var sign = text[..letter].LastIndexOf('-');
        return sign > 0 && text[..sign].ContainsAny('.', '-', '_') ? text[..sign] : text;
    }
}
