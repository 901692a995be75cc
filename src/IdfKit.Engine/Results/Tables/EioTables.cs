using IdfKit.Engine.Results;

namespace IdfKit.Engine;

/// <summary>
/// What a run tells of itself in its <c>.eio</c> file: a table for each kind of line, such as <c>Zone Information</c>, <c>Material CTF
/// Summary</c> or <c>Component Sizing Information</c>.
/// </summary>
public sealed class EioTables
{
    private const int MostTables = 10_000; // of EnergyPlus 25.2 some two hundred
    private const long MostLetters = 256 << 20;

    private readonly Dictionary<string, EioTable> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<EioTable> _tables = [];

    private EioTables()
    {
    }

    /// <summary>All tables that have rows or columns, in the order in which the file names them first.</summary>
    public IReadOnlyList<EioTable> Tables => _tables;

    /// <summary>The periods of the weather file that were simulated; design days are left out.</summary>
    public IReadOnlyList<SummaryPeriod> Periods { get; private set; } = [];

    /// <summary>
    /// Reads the file to its end, or up to 256 MB; the stream is not closed. Any text gives tables, empty text none.
    /// </summary>
    public static EioTables Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var eio = new EioTables();
        var periods = new EioPeriods();
        var letters = 0L;
        foreach (var line in BoundedLines.Of(stream))
        {
            if ((letters += line.Length) > MostLetters) break;
            periods.Add(line);
            eio.Add(line.Trim());
        }
        eio.Periods = periods.Found;
        return eio;
    }

    /// <summary>The table of this name; null when there is none. Case does not matter.</summary>
    public EioTable? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _byName.GetValueOrDefault(name);
    }

    private void Add(string line)
    {
        if (line.Length == 0) return;
        var isHeader = line[0] is '!';
        var fields = (isHeader ? line[1..] : line).Split(',', StringSplitOptions.TrimEntries);
        var name = fields[0];
        if (isHeader)
        {
            // ! <Zone Information>,Zone Name,North Axis {deg},…
            if (!name.StartsWith('<') || !name.EndsWith('>')) return;
            name = name[1..^1].Trim();
        }
        if (!_byName.TryGetValue(name, out var table))
        {
            if (_tables.Count == MostTables) return;
            _byName.Add(name, table = new EioTable(name));
            _tables.Add(table);
        }
        if (isHeader) table.AddColumns(fields[1..]);
        else table.AddRow(fields[1..]);
    }
}

/// <summary>Lines of one kind in an <c>.eio</c> file.</summary>
public sealed class EioTable
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    internal EioTable(string name) => Name = name;

    /// <summary>What its lines begin with, such as <c>Zone Information</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// The columns as the file names them, with units: <c>North Axis {deg}</c>. A row may have fewer or more values; empty where the file
    /// names none.
    /// </summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>The values of each line, without blanks around them.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>
    /// The first row's value in the column of this name, with or without its unit; null when there is none. Case does not matter.
    /// </summary>
    public string? this[string column] => this[0, column];

    /// <summary>
    /// A row's value in the column of this name, with or without its unit; null when there is none. Case does not matter.
    /// </summary>
    public string? this[int row, string column]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(column);
            var index = IndexOf(column);
            return row >= 0 && row < _rows.Count && index >= 0 && index < _rows[row].Count ? _rows[row][index] : null;
        }
    }

    internal void AddColumns(string[] columns)
    {
        if (Columns.Count == 0) Columns = columns;
    }

    internal void AddRow(string[] values) => _rows.Add(values);

    private int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            var name = Columns[i];
            var unit = name.IndexOf('{', StringComparison.Ordinal);
            if (string.Equals(name, column, StringComparison.OrdinalIgnoreCase)
                || (unit > 0 && string.Equals(name[..unit].TrimEnd(), column, StringComparison.OrdinalIgnoreCase))) return i;
        }
        return -1;
    }
}
