using IdfKit.Studies.Columns;

namespace IdfKit.Studies.Reading;

/// <summary>What a row asks for as a job file would.</summary>
internal sealed record RowOptions
{
    private const double LongestTimeoutSeconds = 7 * 86_400, ShortestTimeoutSeconds = 0.001;
    private const int LongestText = 256, TagsPrefix = 5;

    private static readonly SortedDictionary<string, string> NoTags = new(StringComparer.Ordinal);

    public bool? Annual { get; init; }
    public bool? DesignDay { get; init; }
    public TimeSpan? Timeout { get; init; }
    public string? Label { get; init; }
    public IReadOnlyDictionary<string, string> Tags { get; init; } = NoTags;

    /// <summary>These options with the value of one more column; null, with what is wrong as a part of a sentence.</summary>
    public RowOptions? With(string key, string value, out string fault)
    {
        fault = StudySentences.NotYesOrNo;
        switch (key)
        {
            case "annual": return Flag(value) is { } annual ? this with { Annual = annual } : null;
            case "design_day": return Flag(value) is { } designDay ? this with { DesignDay = designDay } : null;
            case "timeout_seconds":
                fault = StudySentences.NoTimeout;
                return NumberText.Read(value) is >= ShortestTimeoutSeconds and <= LongestTimeoutSeconds and var seconds
                    ? this with { Timeout = TimeSpan.FromSeconds(seconds) }
                    : null;
            default:
                fault = StudySentences.BadText(LongestText);
                if (value.Length > LongestText || value.Any(char.IsControl)) return null;
                return key == "label" ? this with { Label = value } : this with { Tags = WithTag(key[TagsPrefix..], value) };
        }
    }

    private SortedDictionary<string, string> WithTag(string name, string value) =>
        new(Tags.Append(new(name, value)).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    private static bool? Flag(string value) => value.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => true,
        "FALSE" or "NO" or "0" => false,
        _ => null,
    };
}
