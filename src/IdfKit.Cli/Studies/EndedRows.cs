using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>The rows of a study by how they have ended.</summary>
/// <param name="Counts">How many, by status.</param>
/// <param name="Failures">Those that failed, by cause, the most frequent first.</param>
/// <param name="Running">The names of those that run now.</param>
internal sealed record EndedRows(
    IReadOnlyDictionary<string, int> Counts, IReadOnlyList<StudyFailure> Failures, IReadOnlyList<string> Running)
{
    private const int MostExamples = 3;

    private static readonly string[] NoFailures = ["completed", "not_run", "running"];

    /// <param name="table">The rows.</param>
    /// <param name="isUnderWay">Whether a row without a record runs on this machine.</param>
    public static EndedRows Of(StudyTable table, Func<string, bool> isUnderWay)
    {
        List<(string Name, string Status, string? Reason, string Message)> rows = [];
        for (var row = 0; row < table.RowCount; row++)
        {
            var (name, status) = ((string)table[row, "name"]!, (string)table[row, "status"]!);
            if (status != "running" && isUnderWay(name)) status = "running";
            rows.Add((name, status, table[row, "reason"] as string, table[row, "message"] as string ?? ""));
        }
        var failures = rows.Where(row => !NoFailures.Contains(row.Status))
            .GroupBy(row => row.Reason ?? row.Status)
            .Select(group => new StudyFailure(
                group.First().Reason, group.First().Message, group.Count(), [.. group.Take(MostExamples).Select(row => row.Name)]))
            .OrderByDescending(failure => failure.Count);
        return new(
            rows.CountBy(row => row.Status).ToDictionary(StringComparer.Ordinal), [.. failures],
            [.. rows.Where(row => row.Status == "running").Select(row => row.Name)]);
    }
}
