using System.Globalization;
using System.Text.RegularExpressions;

using IdfKit.Engine.Results;

namespace IdfKit.Runs.Records;

/// <summary>
/// Says what EnergyPlus's check of a model against its schema found, which it writes as a pointer into JSON, whatever the model is
/// written in: <c>&lt;root&gt;[Material][Brick] - Missing required property 'thickness'.</c> (25.2).
/// </summary>
internal static partial class SchemaError
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth"];

    /// <param name="text">The message, on one line.</param>
    /// <param name="places">Finds the objects.</param>
    /// <returns>The sentence; null when the message is none of these.</returns>
    public static string? Of(string text, ModelPlaces places)
    {
        if (UnknownKey().MatchOrNone(text) is { Success: true } unknown) return RunSentences.NoClass(unknown.Groups["key"].Value, null);
        if (Pointer().MatchOrNone(text) is not { Success: true } found) return null;
        var path = found.Groups["part"].Captures.Select(part => part.Value).ToArray();
        var what = found.Groups["what"].Value;
        return path switch
        {
            [] => OfModel(what),
            [var className] => OfClass(className, what),
            [var className, var name, .. var rest] => OfObject(places.Show(className, name), rest, what),
        };
    }

    private static string OfModel(string what) => Missing().MatchOrNone(what) is { Success: true } missing
        ? RunSentences.ModelLacks(missing.Groups["field"].Value)
        : RunSentences.About("The model", what);

    private static string OfClass(string className, string what) => TooMany().MatchOrNone(what) is { Success: true } many
        ? RunSentences.TooMany(className, many.Groups["most"].Value is "1" ? "one" : many.Groups["most"].Value)
        : RunSentences.About(className, what);

    private static string OfObject(string who, string[] rest, string what)
    {
        var field = string.Join(' ', rest.Select(Word));
        if (Missing().MatchOrNone(what) is { Success: true } missing)
            return OfMissing(who, rest, missing.Groups["field"].Value);
        if (Choice().MatchOrNone(what) is { Success: true } choice)
            return RunSentences.NotAChoice(who, field, choice.Groups["value"].Value);
        if (WrongType().MatchOrNone(what) is { Success: true } type)
            return RunSentences.WrongType(who, field, type.Groups["value"].Value, Wanted(type.Groups["type"].Value));
        if (Bound().MatchOrNone(what) is { Success: true } bound)
            return RunSentences.OutOfBounds(who, field, Trimmed(bound.Groups["value"].Value), Bounds(bound.Groups));
        return RunSentences.About(field.Length == 0 ? who : $"{who}, {field}", what);
    }

    private static string OfMissing(string who, string[] rest, string field)
    {
        if (rest is ["vertices", var index] && Axis().MatchOrNone(field) is { Success: true } axis)
            return RunSentences.VertexLacks(who, Ordinal(index), axis.Groups["axis"].Value.ToUpperInvariant());
        return RunSentences.Lacks(who, string.Join(' ', [.. rest.Select(Word), Word(field)]));
    }

    private static string Wanted(string given) => given is "string" ? "a number" : "a text";

    private static string Bounds(GroupCollection found) => $"{found["how"].Value} {Trimmed(found["bound"].Value)}";

    private static string Word(string key) => key.Replace('_', ' ');

    private static string Ordinal(string index)
    {
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place)) return index;
        return place < Ordinals.Length ? Ordinals[place] : string.Create(CultureInfo.InvariantCulture, $"{place + 1}th");
    }

    /// <summary>"0.000000" is 0.</summary>
    private static string Trimmed(string number) => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        ? value.ToString(CultureInfo.InvariantCulture)
        : number;

    [GeneratedRegex(@"^<root>(\[(?<part>.*?)\])* - (?<what>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Pointer();

    [GeneratedRegex("^Missing required property '(?<field>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Missing();

    [GeneratedRegex(@"no more than (?<most>\d+) properties", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex TooMany();

    [GeneratedRegex(
        """^"(?<value>.*)" - Failed to match against any enum values""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Choice();

    [GeneratedRegex(
        """^Value type "(?<type>\w+)" for input "(?<value>.*)" not permitted by 'type'""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex WrongType();

    [GeneratedRegex(
        """^"(?<value>[^"]*)" - Expected number (?<how>.+?) (?<bound>[-+.\deE]+)\.?$""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Bound();

    [GeneratedRegex("^vertex_(?<axis>[xyz])_coordinate$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Axis();

    [GeneratedRegex(
        @"^\[json\.exception\.[\w.]+\] key '(?<key>[^']*)' not found",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex UnknownKey();
}
