namespace IdfKit.Engine;

/// <summary>
/// A <c>.csv</c> of time series, as ReadVarsESO writes it: a first column of times, then one column for each variable.
/// </summary>
public sealed class CsvResults
{
    private readonly Dictionary<string, int> _byHeader = new(StringComparer.OrdinalIgnoreCase);
    private readonly double[][] _values;

    internal CsvResults(IReadOnlyList<string> times, IReadOnlyList<CsvColumn> columns, double[][] values, bool isCut)
    {
        (Times, Columns, _values, IsCut) = (times, columns, values, isCut);
        for (var i = 0; i < columns.Count; i++) _byHeader.TryAdd(columns[i].Header, i);
    }

    /// <summary>The first column as the file writes it, such as <c>01/21  01:00:00</c>: the end of each interval, 24:00:00 at midnight.</summary>
    public IReadOnlyList<string> Times { get; }

    /// <summary>The other columns.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>Whether the last row was cut off; it is left out.</summary>
    public bool IsCut { get; }

    /// <summary>Reads the file to its end; the stream is not closed. An empty file has no columns.</summary>
    public static CsvResults Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return CsvParser.Parse(ResultBytes.ReadAll(stream).Span);
    }

    /// <summary>A column's values in the order of <see cref="Times"/>; NaN where a cell is blank: a monthly value stands only at month's end.</summary>
    public ReadOnlyMemory<double> ValuesOf(int column) => _values[column];

    /// <summary>A column's values by its header, whole or without unit and frequency; null when there is none. Case does not matter.</summary>
    public ReadOnlyMemory<double>? ValuesOf(string header)
    {
        if (_byHeader.TryGetValue(header, out var exact)) return _values[exact];
        for (var i = 0; i < Columns.Count; i++)
        {
            var column = Columns[i];
            var name = column.Key.Length > 0 ? column.Key + ":" + column.Name : column.Name;
            if (string.Equals(name, header, StringComparison.OrdinalIgnoreCase)) return _values[i];
        }
        return null;
    }
}

/// <summary>A column of a <c>.csv</c> of time series.</summary>
/// <param name="Header">As the file writes it: <c>CORE_ZN:Zone Mean Air Temperature [C](Hourly)</c>.</param>
/// <param name="Key">What stands before the last colon of a variable; empty for a meter, whose name has colons of its own.</param>
/// <param name="Name">The variable or meter.</param>
/// <param name="Units">The unit; empty when it has none.</param>
/// <param name="Frequency">As the file writes it; empty when it says none.</param>
public sealed record CsvColumn(string Header, string Key, string Name, string Units, string Frequency);
