using System.Xml;

namespace IdfKit.Engine.Results.Tables;

/// <summary>
/// The tables of EnergyPlus's XML report (<c>eplustbl.xml</c>): a report holds rows, each under the name of its table, and a row its name
/// and its cells. Names are without blanks: <c>SiteAndSourceEnergy</c>, <c>TotalSiteEnergy</c>.
/// </summary>
internal sealed class XmlTables
{
    private const int MostRows = 500_000; // far more than any report has
    private const string Root = "EnergyPlusTabularReports";

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        IgnoreComments = true,
        MaxCharactersInDocument = 256 << 20,
        XmlResolver = null,
    };

    private readonly Dictionary<(string, string, string), XmlCells> _byName = [];
    private string _report = "";
    private string _for = "";
    private int _rows;

    public List<ReportTable> Tables { get; } = [];

    /// <summary>Over how many simulated hours the annual report was gathered; null when it does not say.</summary>
    public double? HoursGathered { get; private set; }

    /// <summary>What is garbled ends the reading; what came before is kept.</summary>
    /// <exception cref="ResultsException">It is no such report.</exception>
    public static XmlTables Read(Stream stream)
    {
        var tables = new XmlTables();
        try
        {
            using var reader = XmlReader.Create(stream, Settings);
            if (reader.MoveToContent() is not XmlNodeType.Element || reader.Name != Root)
                throw new XmlException("It is another kind of file.");
            while (tables._rows < MostRows && reader.Read()) tables.Take(reader);
        }
        catch (XmlException e) when (tables.Tables.Count == 0)
        {
            throw new ResultsException("eplustbl.xml",
                $"Reading a tabular report failed: {OneLine.Of(e.Message)} Give the eplustbl.xml of an EnergyPlus run.", e);
        }
        catch (XmlException)
        {
            return tables;
        }
        return tables;
    }

    private void Take(XmlReader reader)
    {
        if (reader.NodeType is not XmlNodeType.Element) return;
        if (reader.Depth == 1) (_report, _for) = (reader.Name, "");
        if (reader.Depth != 2) return;
        var table = reader.Name;
        using var inner = reader.ReadSubtree();
        var (text, row, cells) = ReadRow(inner);
        if (cells.Count > 0) Add(table, row, cells);
        else if (table == "for") _for = text;
        else if (table == "note") HoursGathered ??= CsvTables.Hours(text);
    }

    /// <summary>A row's own text, its name and its cells.</summary>
    private static (string Text, string Row, List<XmlCell> Cells) ReadRow(XmlReader row)
    {
        var (own, name, text) = ("", "", "");
        var cells = new List<XmlCell>();
        var unit = "";
        while (row.Read())
        {
            if (row.NodeType is XmlNodeType.Element && row.Depth == 1)
            {
                (unit, text) = (row.GetAttribute("units") ?? "", "");
                if (row.IsEmptyElement) cells.Add(new(row.Name, unit, ""));
            }
            else if (row.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                if (row.Depth == 1) own = row.Value.Trim();
                else text = row.Value.Trim();
            }
            else if (row.NodeType is XmlNodeType.EndElement && row.Depth == 1)
            {
                if (row.Name == "name") name = text;
                else cells.Add(new(row.Name, unit, text));
            }
        }
        return (own, name, cells);
    }

    private void Add(string table, string row, List<XmlCell> cells)
    {
        if (!_byName.TryGetValue((_report, _for, table), out var found))
        {
            _byName.Add((_report, _for, table), found = new XmlCells());
            var begun = found;
            Tables.Add(new(_report, _for, table, () => begun));
        }
        found.Add(row, cells);
        _rows++;
    }
}
