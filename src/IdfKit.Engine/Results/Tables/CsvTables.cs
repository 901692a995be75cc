using System.Globalization;

namespace IdfKit.Engine.Results.Tables;

/// <summary>The tables of EnergyPlus's tabular report that commas or tabs separate (<c>eplustbl.csv</c>, <c>eplustbl.tab</c>).</summary>
internal sealed class CsvTables
{
    // Far more than any report has.
    private const int MostLines = 500_000;
    private const int MostTables = 100_000;
    private const string Gathered = "Values gathered over";
    private const int MostCommas = 50; // of a text

    public List<ReportTable> Tables { get; } = [];

    /// <summary>Over how many simulated hours the annual report was gathered; null when it does not say.</summary>
    public double? HoursGathered { get; private set; }

    public static CsvTables Read(Stream stream) => Of(ResultBytes.ReadAll(stream, "eplustbl.csv").Span);

    public static CsvTables Of(ReadOnlySpan<byte> bytes)
    {
        var result = new CsvTables();
        result.Parse(Lines(bytes));
        return result;
    }

    /// <summary>Each line is decoded for itself: EnergyPlus writes the model's names as they come, beside its own.</summary>
    private static string[] Lines(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<string>();
        for (int end; lines.Count < MostLines && (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
            lines.Add(ResultBytes.Decode(bytes[..end]));
        if (lines.Count < MostLines) lines.Add(ResultBytes.Decode(bytes));
        return [.. lines];
    }

    private void Parse(string[] lines)
    {
        string report = "", forWhat = "", title = "";
        var separator = lines[0].StartsWith("Program Version\t", StringComparison.Ordinal) ? '\t' : ',';
        var (reportMark, forMark) = ($"REPORT:{separator}", $"FOR:{separator}");
        for (var at = 0; at < lines.Length && at < MostLines - 1 && Tables.Count < MostTables; at++)
        {
            var line = lines[at].TrimEnd('\r');
            if (line.StartsWith(reportMark, StringComparison.Ordinal)) report = line[reportMark.Length..].Trim();
            else if (line.StartsWith(forMark, StringComparison.Ordinal)) forWhat = line[forMark.Length..].Trim();
            else if (line.StartsWith(Gathered, StringComparison.Ordinal)) HoursGathered ??= Hours(line);
            else if (!line.StartsWith(separator)) title = line.Trim() is { Length: > 0 } text ? text : title;
            else
            {
                var first = at;
                while (at + 1 < Math.Min(lines.Length, MostLines - 1) && lines[at + 1].StartsWith(separator)) at++;
                var rows = lines[first..(at + 1)];
                Tables.Add(new ReportTable(report, forWhat, title, () => new CsvCells(rows, separator)));
            }
        }
    }

    /// <summary>The hours in "Values gathered over 8760.00 hours"; null when it does not say.</summary>
    public static double? Hours(string line) =>
        line.StartsWith(Gathered, StringComparison.Ordinal) &&
        double.TryParse(line[Gathered.Length..].Replace("hours", "", StringComparison.Ordinal),
            NumberStyles.Float, CultureInfo.InvariantCulture, out var hours)
            ? hours : null;

    private sealed class CsvCells : ITableCells
    {
        private readonly string[][] _cells;
        private readonly string[] _units;

        public CsvCells(string[] lines, char separator)
        {
            _cells = [.. lines.Select(line => line.TrimEnd('\r').Split(separator)[1..])];
            Headers = [.. _cells[0].Skip(1).Select(header => header.Trim())];
            var headers = Headers.Select(ColumnHeader.Split).ToArray();
            Columns = [.. headers.Select(header => header.Name)];
            _units = [.. headers.Select(header => header.Unit)];
            for (var row = 1; row < _cells.Length; row++) _cells[row] = Joined(_cells[row], _cells[0].Length);
            Rows = [.. _cells.Skip(1).Select(row => row[0].Trim())];
        }

        /// <summary>
        /// Nothing is quoted: where a row has more cells than the header, those that begin with a blank go on with the one before
        /// (<c>Total On Site, Change in Storage, and Utility Water Sources</c>).
        /// </summary>
        private static string[] Joined(string[] row, int columns)
        {
            var surplus = row.Length - columns;
            if (surplus is <= 0 or > MostCommas) return row;
            var cells = new List<string>(row.Length);
            foreach (var cell in row)
            {
                if (surplus > 0 && cells.Count > 0 && cell.StartsWith(' ') && cell.Trim().Length > 0)
                {
                    cells[^1] += "," + cell; // tabs are in no text
                    surplus--;
                }
                else
                {
                    cells.Add(cell);
                }
            }
            return [.. cells];
        }

        public IReadOnlyList<string> Columns { get; }

        public IReadOnlyList<string> Headers { get; }

        public IReadOnlyList<string> Rows { get; }

        public string TextOf(int row, int column) => column + 1 < _cells[row + 1].Length ? _cells[row + 1][column + 1].Trim() : "";

        public string UnitOf(int row, int column) => _units[column];
    }
}
