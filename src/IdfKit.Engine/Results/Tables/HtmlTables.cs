using IdfKit.Engine.Results;
using IdfKit.Engine.Results.Tables;

namespace IdfKit.Engine;

/// <summary>
/// The tables of EnergyPlus's <c>.htm</c> report. Reading finds where they stand; a table's cells are taken apart when asked for.
/// </summary>
public sealed class HtmlTables
{
    private HtmlTables(IReadOnlyList<ReportTable> tables, bool isCut, double? hoursGathered) =>
        (Tables, IsCut, HoursGathered) = (tables, isCut, hoursGathered);

    /// <summary>All tables in the order of the file.</summary>
    public IReadOnlyList<ReportTable> Tables { get; }

    /// <summary>Whether the file ends before its end tag.</summary>
    public bool IsCut { get; }

    /// <summary>Over how many simulated hours the annual report was gathered: 0 for design days alone; null when it does not say.</summary>
    public double? HoursGathered { get; }

    /// <summary>
    /// Reads a report to its end; the stream is not closed. A cut file gives the tables that are whole, an empty one
    /// none.
    /// </summary>
    /// <exception cref="ResultsException">The file is no HTML.</exception>
    public static HtmlTables Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = ResultBytes.ReadAll(stream, "eplustbl.htm");
        HtmlScanner.Check(bytes.Span);
        var scanner = new HtmlScanner(bytes);
        return new HtmlTables(scanner.Scan(), scanner.IsCut, scanner.HoursGathered);
    }

    /// <summary>The first table of a report with this title; null when there is none.</summary>
    public ReportTable? Find(string report, string name, string? forWhat = null) => Tables.Find(report, name, forWhat);
}
