using System.Text.RegularExpressions;

using IdfKit.Engine.Results;

namespace IdfKit.Runs.Tables;

/// <summary>Finds what runs that did not complete have in common.</summary>
internal static partial class FailedRuns
{
    private const int MostExamples = 3;
    private const int LongestMessage = 600;

    /// <summary>The causes, the most frequent first. Runs that are under way have none.</summary>
    public static IReadOnlyList<RunFailure> ByCause(IEnumerable<RunRow> rows) =>
    [
        .. rows.Where(row => row.Status is not ("completed" or "running"))
            .GroupBy(row => (row.Status, Reason: row["reason"] as string, Pattern: PatternOf(row)))
            .OrderByDescending(cause => cause.Count())
            .Select(cause => new RunFailure(
                cause.Key.Reason ?? cause.Key.Status, cause.First().Message ?? "", cause.Count(),
                [.. cause.Take(MostExamples).Select(row => row.Folder)])),
    ];

    /// <summary>The message without the names of the model and its files, and without what EnergyPlus names.</summary>
    public static string PatternOf(RunRow row)
    {
        if (row.Message is not { Length: > 0 } message) return "";
        if (row["model_key"] is string { Length: > 0 } key)
        {
            var extension = Path.GetExtension(key).Length;
            if (key.Contains('/', StringComparison.Ordinal)) message = message.Replace(key[..^extension], "*", StringComparison.Ordinal);
            var name = Path.GetFileNameWithoutExtension(key);
            if (name.Length > 0) message = message.Replace($"'{name}", "'*", StringComparison.Ordinal);
        }
        if (message.Length > LongestMessage) message = message[..LongestMessage];
        return MessagePattern.Of(Value().Replace(Named().Replace(message, "*"), "=*,"));
    }

    // Between the apostrophes of two words (EnergyPlus's, model's) stands no name.
    [GeneratedRegex(@"s3://\S+|(?<!\w)'[^'\n]*'(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    // Zone = ROOM 1 has no floor: what is said of a value belongs to the cause.
    [GeneratedRegex(
        """=(?! *["[])[^,;=\n]*?(?=[,;]|[:.]? *$|[:.] |"""
        + " (has|is|was|are|not|does|must|may|cannot|could|should|exceeds)\\b)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Value();
}
