using IdfKit.Engine.Folders;
using IdfKit.Engine.Results.Tables;

namespace IdfKit.Engine.Results;

/// <summary>Chooses the files that a run's summary is read from. They may be anything: what is no plain file is as good as none.</summary>
internal sealed class SummarySources
{
    private const long LargestTables = 16 << 20; // they are read at once; a large building's have a few MB

    private readonly ChildFolder _folder;
    private readonly string _directory;
    private readonly string _prefix;
    private readonly char _suffix;
    private readonly CancellationToken _stop;
    private IReadOnlyList<SummaryPeriod>? _sqlPeriods;
    private double? _hoursGathered;

    private SummarySources(ChildFolder folder, string directory, string prefix, char suffix, CancellationToken stop) =>
        (_folder, _directory, _prefix, _suffix, _stop) = (folder, directory, prefix, suffix, stop);

    /// <summary>The <c>.err</c> file of a run; there may be none.</summary>
    public static string ErrorsPath(string directory, string prefix, char suffix) =>
        Path.Combine(directory, OutputNames.Output(prefix, suffix, "err"));

    /// <summary>What a run comes down to; where <paramref name="stop"/> has been asked for, perhaps without its tables.</summary>
    public static EnergySummary Read(string directory, string prefix, char suffix, CancellationToken stop = default) =>
        Read(directory, prefix, suffix, ErrDigest.ReadFile(ErrorsPath(directory, prefix, suffix)), stop);

    /// <summary>The same, where the <c>.err</c> file has been read already.</summary>
    public static EnergySummary Read(
        string directory, string prefix, char suffix, ErrDigest? errors, CancellationToken stop = default)
    {
        using var folder = ChildFolder.TryOpen(directory);
        var (summary, time) = folder is null
            ? (new EnergySummary(), SummaryTime.Of(null, null, null))
            : new SummarySources(folder, directory, prefix, suffix, stop).Read();
        if (errors is { CompletedSuccessfully: false }) time = SummaryTime.Unknown;
        return SummaryBounds.Hold(summary with
        {
            Periods = time.Periods,
            HoursSimulated = time.Hours,
            Warnings = errors?.Warnings,
            Severe = errors?.Severe,
        });
    }

    private (EnergySummary Summary, SummaryTime Time) Read()
    {
        var summary = FromSql() ?? FromHtml() ?? FromCsv() ?? new EnergySummary();
        return (summary, SummaryTime.Of(EioPeriods.Read(_folder, Output("eio")), _sqlPeriods, _hoursGathered));
    }

    private string Output(string extension) => OutputNames.Output(_prefix, _suffix, extension);

    private EnergySummary? FromSql()
    {
        try
        {
            using var sql = SqlResults.TryOpenIn(_folder, _directory, Output("sql"), _stop);
            if (sql is null) return null;
            if (!_folder.Has(Output("eio"))) _sqlPeriods = sql.ReadPeriods();
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
        using var file = Tables("htm");
        if (file is null || ReadHtml(file) is not { } html) return null;
        _hoursGathered = html.HoursGathered;
        return SummaryTables.Read(html.Tables, html.HoursGathered is not 0);
    }

    private static HtmlTables? ReadHtml(FileStream file)
    {
        try { return HtmlTables.Read(file); }
        catch (ResultsException) { return null; } // something else under that name
    }

    private EnergySummary? FromCsv()
    {
        using var file = Tables("csv");
        if (file is null) return null;
        var csv = CsvTables.Read(file);
        _hoursGathered ??= csv.HoursGathered;
        return SummaryTables.Read(csv.Tables, csv.HoursGathered is not 0);
    }

    private FileStream? Tables(string extension)
    {
        var file = _folder.TryReadFile(OutputNames.Table(_prefix, _suffix, extension));
        if (file is not { Length: > LargestTables }) return file;
        file.Dispose();
        return null;
    }
}
