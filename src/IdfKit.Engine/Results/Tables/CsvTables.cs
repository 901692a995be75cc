using System.Globalization;

namespace IdfKit.Engine.Results.Tables;

/// <summary>The tables of EnergyPlus's comma-separated tabular report (<c>eplustbl.csv</c>).</summary>
internal sealed class CsvTables
{
    // Far more than any report has.
    private const int MostLines = 500_000;
    private const int MostTables = 100_000;

    public List<ReportTable> Tables { get; } = [];

    /// <summary>Over how many simulated hours the annual report was gathered; null when it does not say.</summary>
    public double? HoursGathered { get; private set; }

    public static CsvTables Read(Stream stream)
    {
        var result = new CsvTables();
        result.Parse(ResultBytes.Decode(ResultBytes.ReadAll(stream, "eplustbl.csv").Span).Split('\n', MostLines));
        return result;
    }

    private void Parse(string[] lines)
    {
        string report = "", forWhat = "", title = "";
        for (var at = 0; at < lines.Length && at < MostLines - 1 && Tables.Count < MostTables; at++)
        {
            var line = lines[at].TrimEnd('\r');
            if (line.StartsWith("REPORT:,", StringComparison.Ordinal)) report = line["REPORT:,".Length..].Trim();
            else if (line.StartsWith("FOR:,", StringComparison.Ordinal)) forWhat = line["FOR:,".Length..].Trim();
            else if (line.StartsWith("Values gathered over", StringComparison.Ordinal)) HoursGathered ??= Hours(line);
            else if (!line.StartsWith(',')) title = line.Trim() is { Length: > 0 } text ? text : title;
            else
            {
                var first = at;
                while (at + 1 < Math.Min(lines.Length, MostLines - 1) && lines[at + 1].StartsWith(',')) at++;
                var rows = lines[first..(at + 1)];
                Tables.Add(new ReportTable(report, forWhat, title, () => new CsvCells(rows)));
            }
        }
    }

    private static double? Hours(string line) =>
        double.TryParse(line["Values gathered over".Length..].Replace("hours", "", StringComparison.Ordinal),
            NumberStyles.Float, CultureInfo.InvariantCulture, out var hours)
            ? hours : null;

    private sealed class CsvCells : ITableCells
    {
        private readonly string[][] _cells;
        private readonly string[] _units;

        public CsvCells(string[] lines)
        {
            _cells = [.. lines.Select(line => line.TrimEnd('\r').Split(',')[1..])];
            Headers = [.. _cells[0].Skip(1).Select(header => header.Trim())];
            var headers = Headers.Select(ColumnHeader.Split).ToArray();
            Columns = [.. headers.Select(header => header.Name)];
            _units = [.. headers.Select(header => header.Unit)];
            Rows = [.. _cells.Skip(1).Select(row => row[0].Trim())];
        }

        public IReadOnlyList<string> Columns { get; }

        public IReadOnlyList<string> Headers { get; }

        public IReadOnlyList<string> Rows { get; }

        public string TextOf(int row, int column) => column + 1 < _cells[row + 1].Length ? _cells[row + 1][column + 1].Trim() : "";

        public string UnitOf(int row, int column) => _units[column];
    }
}
