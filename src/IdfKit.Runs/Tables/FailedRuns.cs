using IdfKit.Engine.Results;

namespace IdfKit.Runs.Tables;

/// <summary>Finds what runs that did not complete have in common.</summary>
internal static class FailedRuns
{
    private const int MostExamples = 3;

    /// <summary>The causes, the most frequent first. Runs that are under way have none.</summary>
    public static IReadOnlyList<RunFailure> ByCause(IEnumerable<RunRow> rows) =>
    [
        .. rows.Where(row => row.Status is not ("completed" or "running"))
            .GroupBy(row => (row.Status, Reason: row["reason"] as string, Pattern: MessagePattern.Of(row.Message ?? "")))
            .OrderByDescending(cause => cause.Count())
            .Select(cause => new RunFailure(
                cause.Key.Reason ?? cause.Key.Status, cause.First().Message ?? "", cause.Count(),
                [.. cause.Take(MostExamples).Select(row => row.Folder)])),
    ];
}
