using System.Globalization;

using IdfKit.Cli.Terminal;
using IdfKit.Runs;

namespace IdfKit.Cli.Show;

/// <summary>Many runs as lines: a row each, why some failed, and what they come to.</summary>
internal static class RunsTable
{
    private const int MostCauses = 20;

    /// <param name="output">Takes the lines.</param>
    /// <param name="table">The runs.</param>
    /// <param name="limit">How many of them stand in the table; 0: all.</param>
    public static void Write(TextWriter output, RunTable table, int limit)
    {
        var shown = limit == 0 ? table.Rows : [.. table.Rows.Take(limit)];
        WriteRows(output, shown);
        if (table.Rows.Count - shown.Count is > 0 and var more) output.WriteLine(CliSentences.MoreRuns(more));
        output.WriteLine();
        WriteFailures(output, table.Failures);
        WriteTotals(output, RunsFigures.Of(table.Rows));
    }

    public static void WriteFailures(TextWriter output, IReadOnlyList<RunFailure> failures)
    {
        foreach (var failure in failures.Take(MostCauses))
            output.WriteLine(CliSentences.FailedRuns(failure.Count, failure.Reason, failure.Sentence, failure.Examples));
        if (failures.Count > MostCauses) output.WriteLine(CliSentences.MoreCauses(failures.Count - MostCauses));
    }

    private static void WriteRows(TextWriter output, IReadOnlyList<RunRow> rows)
    {
        var text = new TextTable("RUN", "STATUS", " kWh/m²", " kWh", " SECONDS", " WARNINGS");
        foreach (var row in rows)
            text.Add(
                row.Folder.Length == 0 ? "." : row.Folder, StatusOf(row), Number(row["site_eui_kwh_m2"], "#,0.0"),
                Number(row["site_energy_kwh"], "#,0"), Number((row["timings_ms_total"] as long?) / 1000.0, "#,0.0"),
                Number(row["warnings"], "#,0"));
        text.Write(output, Screen.Width);
    }

    private static void WriteTotals(TextWriter output, RunsFigures totals)
    {
        output.WriteLine(CliSentences.CountedRuns(totals.Runs, totals.Counts));
        output.WriteLine(CliSentences.Took(TimeSpan.FromSeconds(totals.SimulateSeconds), totals.Warnings, totals.GbSeconds));
    }

    private static string StatusOf(RunRow row) => row["reason"] is string reason && row.Status is not "completed"
        ? $"{row.Status} ({reason})"
        : row.Status;

    private static string Number(object? value, string format) =>
        value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : "";
}
