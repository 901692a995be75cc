namespace IdfKit.Cli.Submit;

/// <summary>What may be said of models for the table of their runs, and what the places are called where that is said.</summary>
/// <param name="Label">Where the label is given.</param>
/// <param name="Tag">How a tag is given, as an example.</param>
/// <param name="All">All that makes a job file.</param>
internal sealed record SubmitWords(string Label, string Tag, string All)
{
    private const int LongestLabel = 256, MostTags = 10;

    public static SubmitWords OfCommand { get; } = new("--label", "--tags season=summer", "--weather, --annual, --label and --tags");

    public static SubmitWords OfPage { get; } =
        new("Label", "season=summer into Tags", "'Weather of all', 'Run the whole weather file', Label and Tags");

    /// <summary>What is wrong with a label; null: nothing.</summary>
    public string? FaultOfLabel(string label) =>
        label.Length > LongestLabel || label.Any(char.IsControl) ? CliSentences.BadLabel(Label, LongestLabel) : null;

    /// <summary>What is wrong with tags, <c>KEY=VALUE</c> each; null: nothing.</summary>
    public string? FaultOfTags(IReadOnlyList<string> tags)
    {
        if (tags.FirstOrDefault(tag => tag.IndexOf('=', StringComparison.Ordinal) < 1) is { } bad) return CliSentences.BadTag(bad, Tag);
        var keys = tags.Select(tag => tag.Split('=', 2)[0]);
        if (keys.GroupBy(key => key, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            return CliSentences.TagTwice(twice);
        return tags.Count > MostTags ? CliSentences.TooManyTags(MostTags) : null;
    }
}
