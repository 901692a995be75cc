using System.Text.RegularExpressions;

using IdfKit.Engine;
using IdfKit.Engine.Results;

namespace IdfKit.Runs.Tables;

/// <summary>Finds what runs that did not complete have in common.</summary>
internal static partial class FailedRuns
{
    private const int MostExamples = 3;
    private const int LongestMessage = 600, LongestShown = 300;

    /// <summary>The causes, the most frequent first. Runs that are under way have none.</summary>
    public static IReadOnlyList<RunFailure> ByCause(IEnumerable<RunRow> rows) =>
    [
        .. rows.Where(row => row.Status is not ("completed" or "running"))
            .GroupBy(row => (row.Status, Reason: row["reason"] as string, Pattern: PatternOf(row)))
            .GroupBy(ShownOf, cause => cause)
            .Select(alike => alike.SelectMany(cause => cause).ToList())
            .OrderByDescending(cause => cause.Count)
            .Select(cause => new RunFailure(
                ReasonOf(cause[0]), cause[0].Message ?? "", cause.Count, [.. cause.Take(MostExamples).Select(row => row.Folder)])),
    ];

    /// <summary>What a reader sees of a cause: nobody could tell two apart that are alike in it.</summary>
    private static (string Reason, string Sentence) ShownOf(IEnumerable<RunRow> cause) =>
        (ReasonOf(cause.First()), OneLine.Of(cause.First().Message ?? "", LongestShown));

    private static string ReasonOf(RunRow row) => row["reason"] as string ?? row.Status;

    /// <summary>The message without the names of the model and its files, and without what EnergyPlus names.</summary>
    public static string PatternOf(RunRow row)
    {
        if (row.Message is not { Length: > 0 } message) return "";
        if (row["model_key"] is string { Length: > 0 } key)
        {
            var extension = Path.GetExtension(key).Length;
            if (key.Contains('/', StringComparison.Ordinal)) message = message.Replace(key[..^extension], "*", StringComparison.Ordinal);
            var name = Path.GetFileNameWithoutExtension(key);
            // Any other name is taken out where it stands between apostrophes; a model "s" must not take the s of EnergyPlus's for one.
            if (name.AsSpan().ContainsAny('\'', '\n')) message = message.Replace($"'{name}", "'*", StringComparison.Ordinal);
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
