using IdfKit.Engine.Results.Tables;

namespace IdfKit.Engine.Results;

/// <summary>Chooses the file that a run's summary is read from.</summary>
internal static class SummarySources
{
    public static EnergySummary Read(string directory, string prefix, char suffix)
    {
        string Output(string extension) => Path.Combine(directory, OutputNames.Output(prefix, suffix, extension));
        string Table(string extension) => Path.Combine(directory, OutputNames.Table(prefix, suffix, extension));

        var summary = FromSql(Output("sql")) ?? FromHtml(Table("htm")) ?? FromCsv(Table("csv")) ?? new EnergySummary();
        if (!File.Exists(Output("err"))) return summary;
        using var err = File.OpenRead(Output("err"));
        var report = ErrReport.Read(err);
        return summary with { Warnings = report.Warnings, Severe = report.Severe };
    }

    private static EnergySummary? FromSql(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var sql = SqlResults.Open(path);
            return SummaryTables.Read(sql.ReadTables(SummaryTables.Titles), sql.HasRunPeriod);
        }
        catch (ResultsException)
        {
            // A run that was stopped leaves a broken database; its other files may still be whole.
            return null;
        }
    }

    private static EnergySummary? FromHtml(string path)
    {
        if (!File.Exists(path)) return null;
        using var file = File.OpenRead(path);
        var html = HtmlTables.Read(file);
        return SummaryTables.Read(html.Tables, html.HoursGathered is not 0);
    }

    private static EnergySummary? FromCsv(string path)
    {
        if (!File.Exists(path)) return null;
        using var file = File.OpenRead(path);
        var csv = CsvTables.Read(file);
        return SummaryTables.Read(csv.Tables, csv.HoursGathered is not 0);
    }
}
