using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Runs.Report;

/// <summary>Words of the page that are no sentences: of uses, fuels, files, days and endings.</summary>
internal static class ReportWords
{
    /// <summary><c>interior_lighting</c>: Interior lighting.</summary>
    public static string Use(string name)
    {
        var words = Fuel(name);
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary><c>natural_gas</c>: natural gas.</summary>
    public static string Fuel(string name) => OneLine.Of(name, 32).Replace('_', ' ');

    /// <summary>19 Jul.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    public static string Month(DateOnly day) => day.ToString("MMM", CultureInfo.InvariantCulture);

    /// <summary>19 Jul, 15–16 h.</summary>
    public static string Hour(DateOnly day, int hour) => string.Create(CultureInfo.InvariantCulture, $"{Day(day)}, {hour}–{hour + 1} h");

    /// <summary>
    /// When a peak was, as tables write it (19-JUL-15:30), in the words of this page; as it stands when it is written otherwise.
    /// </summary>
    public static string PeakTime(string at) =>
        DateTime.TryParseExact(at.Trim(), "dd-MMM-HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture)
            : OneLine.Of(at, 24);

    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    public static string Severity(ErrSeverity severity) => severity switch
    {
        ErrSeverity.Fatal => "fatal error",
        ErrSeverity.Severe => "severe error",
        _ => "warning",
    };

    /// <summary>How a run ended: a class of the page's style, a mark, and words.</summary>
    public static (string Look, string Mark, string Word) Ending(RunRecord record) => record.Status switch
    {
        RunStatus.Completed when record.Diagnostics?.Severe > 0 => ("warn", "!", "Completed, with severe errors"),
        RunStatus.Completed => ("ok", "✓", "Completed"),
        RunStatus.Failed when record.Reason == RunReason.GaveUp => ("bad", "✗", "Given up"),
        RunStatus.Failed => ("bad", "✗", "Failed"),
        RunStatus.TimedOut => ("bad", "✗", "Stopped: out of time"),
        RunStatus.Crashed => ("bad", "✗", "Crashed"),
        RunStatus.Rejected => ("bad", "✗", "Not started"),
        _ => ("warn", "…", "Running"),
    };

    /// <summary>What a result is, by its name.</summary>
    public static string File(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..].ToLowerInvariant();
        return name switch
        {
            RunRecordFile.Name => "the record of this run, for programs",
            RunRecordFile.SummaryName => "the figures of this page, for programs",
            RunMigration.FileName => "the model as it was converted for this EnergyPlus",
            "sqlite.err" => "what EnergyPlus's database had to say",
            _ when name.Contains(".period-", StringComparison.Ordinal) => "EnergyPlus's own tables of one run period",
            _ when name.EndsWith("tbl.csv", StringComparison.Ordinal) => "EnergyPlus's tables, as text",
            _ => Kind(Path.GetExtension(name)),
        };
    }

    private static string Kind(string extension) => extension switch
    {
        ".htm" or ".html" => "EnergyPlus's own report, all tables",
        ".err" => "warnings and errors, as EnergyPlus wrote them",
        ".sql" => "all results, for SQLite",
        ".parquet" => "time series, for pandas, DuckDB and Excel",
        ".eso" => "time series of variables, as EnergyPlus writes them",
        ".mtr" => "time series of meters, as EnergyPlus writes them",
        ".csv" => "a table as text",
        ".eio" => "what EnergyPlus made of the model: sizes, surfaces, materials",
        ".rdd" => "variables that can be asked for",
        ".mdd" => "meters that can be asked for",
        ".mtd" => "what each meter counts",
        ".bnd" => "how the loops are connected",
        ".audit" => "the model as EnergyPlus read it",
        ".end" => "how EnergyPlus ended, in a line",
        ".shd" => "shadows",
        ".dxf" => "the building, drawn",
        ".svg" => "a drawing",
        ".idf" or ".epjson" => "a model",
        ".xml" or ".json" => "for programs",
        ".log" or ".txt" => "text",
        _ => "",
    };

    /// <summary>Where a result stands among others: what people open first.</summary>
    public static int FileOrder(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".htm" or ".html" => 0,
        ".err" => 1,
        ".sql" => 2,
        ".parquet" => 3,
        ".eso" => 4,
        ".mtr" => 5,
        ".csv" => 6,
        ".json" => 7,
        _ => 8,
    };
}
