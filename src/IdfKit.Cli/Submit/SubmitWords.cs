namespace IdfKit.Cli.Submit;

/// <summary>What may be said of models for the table of their runs.</summary>
internal static class SubmitWords
{
    private const int LongestLabel = 256, MostTags = 10;

    /// <summary>What is wrong with a label; null: nothing.</summary>
    public static string? FaultOfLabel(string label) =>
        label.Length is 0 or > LongestLabel || label.Any(char.IsControl) ? CliSentences.BadLabel(LongestLabel) : null;

    /// <summary>What is wrong with tags, <c>KEY=VALUE</c> each; null: nothing.</summary>
    public static string? FaultOfTags(IReadOnlyList<string> tags)
    {
        if (tags.FirstOrDefault(tag => tag.IndexOf('=', StringComparison.Ordinal) < 1) is { } bad) return CliSentences.BadTag(bad);
        return tags.Count > MostTags ? CliSentences.TooManyTags(MostTags) : null;
    }
}
