using System.Globalization;
using System.Text.RegularExpressions;

using IdfKit.Engine;
using IdfKit.Engine.Results;

namespace IdfKit.Runs.Records;

/// <summary>
/// Says in plain words what a severe error of EnergyPlus says, with the object of the model and its line where these can be found. What it
/// does not know is told as EnergyPlus tells it. Messages as 25.2 writes them.
/// </summary>
internal sealed partial class PlainError(ModelPlaces places)
{
    private const int LongestText = 220;

    /// <param name="severe">The message, its lines apart.</param>
    /// <returns>One line that ends with a full stop.</returns>
    public string Of(string severe)
    {
        var text = OneLine.Of(severe, 2 * LongestText);
        var plain = SchemaError.Of(text, places) ?? OfInput(text) ?? OfName(severe, text) ?? OfObject(severe, text);
        return RunSentences.Stopped(OneLine.Of(plain, LongestText));
    }

    /// <summary>"Line: 9 Index: 5 - "Zoone" is not a valid Object Type."</summary>
    private static string? OfInput(string text)
    {
        if (AtLine().MatchOrNone(text) is not { Success: true } found) return null;
        var what = found.Groups["what"].Value;
        if (!int.TryParse(found.Groups["line"].ValueSpan, CultureInfo.InvariantCulture, out var line)) return null;
        return NoClass().MatchOrNone(what) is { Success: true } unknown
            ? RunSentences.NoClass(unknown.Groups["class"].Value, line)
            : RunSentences.AtLine(line, what);
    }

    /// <summary>"GetInternalHeatGains: Lights = LAMPS", and in the next line "Schedule Name = OPENING HOURS, item not found."</summary>
    private string? OfName(string severe, string text)
    {
        var found = NotFound().MatchOrNone(severe);
        if (!found.Success) found = Invalid().MatchOrNone(text);
        if (!found.Success) return null;
        var (className, name, value) = (found.Groups["class"].Value, found.Groups["name"].Value.Trim(), found.Groups["value"].Value.Trim());
        var reference = places.FindReference(className, name, value);
        var (shownClass, shownName) = reference is var (item, _) ? (item.ClassName, item.Name ?? name) : (className, name);
        var shown = reference is var (user, at) ? user.Fields[at] : value;
        int? line = reference is var (holder, field) ? holder.PositionOf(field).Line : null;
        return RunSentences.NotInModel(
            places.ShowName(shownClass, shownName), FieldWord(className, found.Groups["field"].Value), OneLine.Of(shown, 80), line);
    }

    private string OfObject(string severe, string text)
    {
        if (MessagePattern.ObjectOf(severe) is not var (className, name) || places.Find(className, name) is null) return text;
        return RunSentences.With(OneLine.Of(text, LongestText - 60), places.Show(className, name));
    }

    /// <summary>
    /// "Schedule Name" is a schedule, "zone_or_zonelist_or_space_or_spacelist_name" a zone; the layers of a construction are
    /// materials.
    /// </summary>
    private static string FieldWord(string className, string field)
    {
        var words = field.Trim().Replace('_', ' ').ToLowerInvariant();
        if (words is "name") return className.StartsWith("Construction", StringComparison.OrdinalIgnoreCase) ? "material" : "object";
        var or = words.IndexOf(" or ", StringComparison.Ordinal);
        if (or > 0) words = words[..or];
        return words.EndsWith(" name", StringComparison.Ordinal) ? words[..^" name".Length] : words;
    }

    [GeneratedRegex(@"^Line: (?<line>\d+) Index: \d+ - (?<what>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex AtLine();

    [GeneratedRegex("""^"(?<class>[^"]*)" is not a valid Object Type""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex NoClass();

    [GeneratedRegex(
        @"^\w+: (?<class>[A-Z][\w:]*) = (?<name>[^\n]+)\n(?<field>[A-Za-z][\w ]*?) = (?<value>[^\n]+), item not found\.?",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex NotFound();

    [GeneratedRegex(
        """^(\w+: )?(?<class>[A-Z][\w:]*) ?= ?"(?<name>[^"]+)",? """
        + """invalid (?<field>[A-Za-z][\w ]*?) ?= ?"(?<value>[^"]+)"( not found)?\.?$""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Invalid();
}
