using IdfKit.Engine.Results;
using IdfKit.Engine.Results.Tables;

namespace IdfKit.Engine;

/// <summary>
/// The tables of EnergyPlus's report in the styles of <c>OutputControl:Table:Style</c> that are no web page: Comma
/// (<c>eplustbl.csv</c>), Tab (<c>eplustbl.tab</c>) and XML (<c>eplustbl.xml</c>, whose names have no blanks). For HTML there is
/// <see cref="HtmlTables"/>. The style Fixed has no mark between its columns, and is not read.
/// </summary>
public sealed class TextTables
{
    private TextTables(IReadOnlyList<ReportTable> tables, double? hoursGathered) => (Tables, HoursGathered) = (tables, hoursGathered);

    /// <summary>All tables in the order of the file.</summary>
    public IReadOnlyList<ReportTable> Tables { get; }

    /// <summary>Over how many simulated hours the annual report was gathered: 0 for design days alone; null when it does not say.</summary>
    public double? HoursGathered { get; }

    /// <summary>Reads a report to its end; the stream is not closed. Of a cut file the tables so far are given.</summary>
    /// <exception cref="ResultsException">The file is XML, and none of EnergyPlus.</exception>
    public static TextTables Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = ResultBytes.ReadAll(stream, "eplustbl.csv");
        var start = bytes.Span.TrimStart("\uFEFF \t\r\n"u8);
        if (!start.StartsWith("<"u8))
        {
            var text = CsvTables.Of(bytes.Span);
            return new(text.Tables, text.HoursGathered);
        }
        using var held = new MemoryStream(bytes.ToArray(), writable: false);
        var xml = XmlTables.Read(held);
        return new(xml.Tables, xml.HoursGathered);
    }

    /// <summary>The first table of a report with this title; null when there is none.</summary>
    public ReportTable? Find(string report, string name, string? forWhat = null) => Tables.Find(report, name, forWhat);
}
