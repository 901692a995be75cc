using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IdfKit.Cli.Studies;

/// <summary>What <c>--vary</c> and <c>--sample</c> ask for.</summary>
/// <param name="varied">HEADING=VALUES, each without a fault.</param>
/// <param name="sample">So many combinations; null: all.</param>
/// <param name="seed">Of the sample.</param>
internal sealed partial class Varied(IReadOnlyList<string> varied, int? sample, int seed)
{
    /// <summary>The most rows that a study may have.</summary>
    public const int MostRows = 100_000;

    private const string Shortest = "0.############################";

    /// <summary>What is wrong with HEADING=VALUES, as a sentence; null: nothing.</summary>
    public static string? FaultOf(string text)
    {
        var (heading, values) = Parts(text);
        if (heading.Length == 0 || values is null) return CliSentences.NoVary(text);
        if (Range().Match(values) is { Success: true } range) return FaultOf(text, range);
        return values.Split(',').Any(value => string.IsNullOrWhiteSpace(value)) ? CliSentences.EmptyValue(text) : null;
    }

    /// <summary>The study as its JSON form.</summary>
    /// <param name="model">The model, relative to the study's folder; null: the one that is called like the study.</param>
    public byte[] Json(string? model)
    {
        var parameters = new JsonObject();
        if (model is not null) parameters.Add("model", new JsonArray(model.Replace('\\', '/')));
        foreach (var text in varied)
        {
            var (heading, values) = Parts(text);
            if (parameters.ContainsKey(heading)) throw new AddressException(CliSentences.VaryTwice(heading));
            parameters.Add(heading, new JsonArray([.. ValuesOf(values!).Select(value => JsonValue.Create(value))]));
        }
        var study = new JsonObject { ["parameters"] = parameters };
        if (sample is { } rows) (study["combine"], study["rows"], study["seed"]) = ("sample", rows, seed);
        return System.Text.Encoding.UTF8.GetBytes(study.ToJsonString());
    }

    /// <summary>An address ends at the last '=', since names of objects may have some; everything else at the first.</summary>
    private static (string Heading, string? Values) Parts(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var first = text.IndexOf('=', StringComparison.Ordinal);
        var at = slash >= 0 && slash < first ? text.LastIndexOf('=') : first;
        return at < 0 ? (text, null) : (text[..at].Trim(), text[(at + 1)..].Trim());
    }

    private static string? FaultOf(string text, Match range)
    {
        if (Numbers(range) is not var (first, last, step)) return CliSentences.EmptyValue(text);
        if (step == 0 || (last - first) / step < 0) return CliSentences.NoStep(text);
        return (last - first) / step >= MostRows ? CliSentences.LongRange(text, MostRows) : null;
    }

    private static IEnumerable<string> ValuesOf(string values)
    {
        if (Range().Match(values) is not { Success: true } range) return values.Split(',').Select(value => value.Trim());
        var (first, last, step) = Numbers(range)!.Value;
        var count = (int)decimal.Floor((last - first) / step);
        return Enumerable.Range(0, count + 1).Select(at => (first + at * step).ToString(Shortest, CultureInfo.InvariantCulture));
    }

    /// <summary>Null: one of them is too long for a number.</summary>
    private static (decimal First, decimal Last, decimal Step)? Numbers(Match range)
    {
        var numbers = new decimal[3];
        for (var at = 0; at < numbers.Length; at++)
        {
            var text = range.Groups[at + 1].Value;
            if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[at])) return null;
        }
        try
        {
            _ = (numbers[1] - numbers[0]) / (numbers[2] == 0 ? 1 : numbers[2]);
            return (numbers[0], numbers[1], numbers[2]);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private const string Number = @"\s*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)\s*";

    [GeneratedRegex("^" + Number + ":" + Number + ":" + Number + "$", RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
