using IdfKit.Engine.Results.Tables;

namespace IdfKit.Engine.Results;

/// <summary>Chooses the files that a run's summary is read from.</summary>
internal sealed class SummarySources
{
    private readonly string _directory;
    private readonly string _prefix;
    private readonly char _suffix;
    private IReadOnlyList<SummaryPeriod>? _sqlPeriods;
    private double? _hoursGathered;

    private SummarySources(string directory, string prefix, char suffix) => (_directory, _prefix, _suffix) = (directory, prefix, suffix);

    /// <summary>The <c>.err</c> file of a run; there may be none.</summary>
    public static string ErrorsPath(string directory, string prefix, char suffix) =>
        Path.Combine(directory, OutputNames.Output(prefix, suffix, "err"));

    public static EnergySummary Read(string directory, string prefix, char suffix) =>
        Read(directory, prefix, suffix, ErrDigest.ReadFile(ErrorsPath(directory, prefix, suffix)));

    /// <summary>The same, where the <c>.err</c> file has been read already.</summary>
    public static EnergySummary Read(string directory, string prefix, char suffix, ErrDigest? errors)
    {
        var sources = new SummarySources(directory, prefix, suffix);
        var summary = sources.FromSql() ?? sources.FromHtml() ?? sources.FromCsv() ?? new EnergySummary();
        var time = errors is { CompletedSuccessfully: false } ? SummaryTime.Unknown : sources.Time();
        return summary with
        {
            Periods = time.Periods,
            HoursSimulated = time.Hours,
            Warnings = errors?.Warnings,
            Severe = errors?.Severe,
        };
    }

    private SummaryTime Time() => SummaryTime.Of(EioPeriods.Read(Output("eio")), _sqlPeriods, _hoursGathered);

    private string Output(string extension) => Path.Combine(_directory, OutputNames.Output(_prefix, _suffix, extension));

    private string Table(string extension) => Path.Combine(_directory, OutputNames.Table(_prefix, _suffix, extension));

    private EnergySummary? FromSql()
    {
        var path = Output("sql");
        if (!File.Exists(path)) return null;
        try
        {
            using var sql = SqlResults.Open(path);
            if (!File.Exists(Output("eio"))) _sqlPeriods = sql.ReadPeriods();
            return SummaryTables.Read(sql.ReadTables(SummaryTables.Titles), sql.HasRunPeriod);
        }
        catch (ResultsException)
        {
            // A run that was stopped leaves a broken database; its other files may still be whole.
            return null;
        }
    }

    private EnergySummary? FromHtml()
    {
        if (!File.Exists(Table("htm"))) return null;
        using var file = File.OpenRead(Table("htm"));
        var html = HtmlTables.Read(file);
        _hoursGathered = html.HoursGathered;
        return SummaryTables.Read(html.Tables, html.HoursGathered is not 0);
    }

    private EnergySummary? FromCsv()
    {
        if (!File.Exists(Table("csv"))) return null;
        using var file = File.OpenRead(Table("csv"));
        var csv = CsvTables.Read(file);
        _hoursGathered ??= csv.HoursGathered;
        return SummaryTables.Read(csv.Tables, csv.HoursGathered is not 0);
    }
}
