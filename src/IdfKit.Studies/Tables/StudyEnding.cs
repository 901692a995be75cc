using IdfKit.Runs;
using IdfKit.Runs.Tables;

namespace IdfKit.Studies.Tables;

/// <summary>What a record tells of the runs of a study.</summary>
internal static class StudyEnding
{
    private const string Completed = "completed", Running = "running";
    private const int MostFailures = 20, MostExamples = 3;

    /// <summary>The record with how the rows have ended, once the table is made.</summary>
    public static StudyRecord Describe(StudyRecord record, StudyTable table, DateTimeOffset now)
    {
        var counts = table.RowRuns.CountBy(run => run?.Status ?? StudyContent.NotRun)
            .OrderBy(count => count.Key, StringComparer.Ordinal)
            .ToDictionary(count => count.Key, count => count.Value, StringComparer.Ordinal);
        var failures = Failures(table);
        var isOpen = counts.ContainsKey(Running);
        return record with
        {
            Status = isOpen ? StudyStatus.Running : StudyStatus.Collected,
            Message = StudySentences.Ended(
                table.RowCount, counts.GetValueOrDefault(Completed), counts.GetValueOrDefault(Running),
                counts.GetValueOrDefault(StudyContent.NotRun), failures.Count > 0 ? failures[0].Count : 0,
                failures.Count > 0 ? failures[0].Sentence : null),
            Faults = [],
            Counts = counts,
            Failures = [.. failures.Take(MostFailures)],
            Usage = Usage(table),
            FinishedAt = isOpen ? null : now,
        };
    }

    /// <summary>Rows that ended in another way than completed; what differs only in names and numbers is one cause.</summary>
    private static List<StudyFailure> Failures(StudyTable table) =>
    [
        .. table.RowRuns.Zip(table.Study.Rows)
            .Where(row => row.First is { Status: not (Completed or Running) })
            .GroupBy(row => (row.First!.Status, Reason: row.First["reason"] as string, FailedRuns.PatternOf(row.First)))
            .OrderByDescending(cause => cause.Count())
            .Select(cause => new StudyFailure(
                cause.Key.Reason ?? cause.Key.Status,
                cause.First().First!.Message ?? StudySentences.EndedAs(cause.Key.Status),
                cause.Count(),
                [.. cause.Take(MostExamples).Select(row => row.Second.Name)])),
    ];

    private static RunUsage? Usage(StudyTable table)
    {
        var runs = table.RowRuns.OfType<RunRow>().Where(run => run["usage_puts"] is long).ToList();
        if (runs.Count == 0) return null;
        long Sum(string column) => runs.Sum(run => run[column] as long? ?? 0);
        var seconds = runs.Sum(run => run["usage_gb_seconds"] as double?);
        var isOnLambda = runs.Any(run => run["usage_gb_seconds"] is double);
        return new(Sum("usage_puts"), Sum("usage_gets"), Sum("usage_lists"), Sum("usage_deletes"), Sum("usage_bytes_in"),
            Sum("usage_bytes_out"), isOnLambda ? Math.Round(seconds ?? 0, 3) : null);
    }
}
