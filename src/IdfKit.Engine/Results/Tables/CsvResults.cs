using IdfKit.Engine.Results;
using IdfKit.Engine.Results.Tables;

namespace IdfKit.Engine;

/// <summary>
/// A <c>.csv</c> of time series, as ReadVarsESO writes it: a first column of times, then one column for each variable.
/// </summary>
public sealed class CsvResults
{
    private readonly Dictionary<string, int> _byHeader = new(StringComparer.OrdinalIgnoreCase);
    private readonly double[][] _values;

    internal CsvResults(IReadOnlyList<string> times, IReadOnlyList<CsvColumn> columns, double[][] values, bool isCut, int? faultLine)
    {
        (Times, Columns, _values, IsCut, FaultLine) = (times, columns, values, isCut, faultLine);
        for (var i = 0; i < columns.Count; i++) _byHeader.TryAdd(columns[i].Header, i);
    }

    /// <summary>
    /// The first column as the file writes it, such as <c>01/21 01:00:00</c>: the end of each interval, 24:00:00 at
    /// midnight.
    /// </summary>
    public IReadOnlyList<string> Times { get; }

    /// <summary>
    /// <see cref="Times"/> as moments, the end of each interval; 24:00:00 is 0:00 of the next day. The file has no
    /// year: it is 2017, or 2016 where it has a 29 February. Null where the first column is no date.
    /// </summary>
    public IReadOnlyList<DateTime?> Ends => field ??= CsvTimes.Ends(Times);

    /// <summary>The other columns.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>
    /// Whether the last row was cut off or a row is garbled, which is left out with what follows; or whether the file
    /// is empty.
    /// </summary>
    public bool IsCut { get; }

    /// <summary>The line, from 1, that is garbled, and at which reading stopped; null when there is none.</summary>
    public int? FaultLine { get; }

    /// <summary>Reads the file to its end; the stream is not closed. An empty file has no columns.</summary>
    /// <exception cref="ResultsException">The file does not begin with a column of times.</exception>
    public static CsvResults Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return CsvParser.Parse(ResultBytes.ReadAll(stream, "eplusout.csv").Span);
    }

    /// <summary>
    /// A column's values in the order of <see cref="Times"/>; NaN where a cell is blank: a monthly value stands only at
    /// month's end.
    /// </summary>
    public ReadOnlyMemory<double> ValuesOf(int column) => _values[column];

    /// <summary>
    /// A column's values by its header, whole or without unit and frequency, or by the variable alone, of which the first is taken; null
    /// when there is none. Case does not matter.
    /// </summary>
    public ReadOnlyMemory<double>? ValuesOf(string header)
    {
        if (_byHeader.TryGetValue(header, out var exact)) return _values[exact];
        var found = IndexOf(column => column.Key.Length > 0 ? column.Key + ":" + column.Name : column.Name, header);
        if (found < 0) found = IndexOf(column => column.Name, header);
        if (found < 0) return null;
        return _values[found];
    }

    private int IndexOf(Func<CsvColumn, string> nameOf, string name)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (string.Equals(nameOf(Columns[i]), name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }
}

/// <summary>A column of a <c>.csv</c> of time series.</summary>
/// <param name="Header">As the file writes it: <c>CORE_ZN:Zone Mean Air Temperature [C](Hourly)</c>.</param>
/// <param name="Key">What stands before the last colon of a variable; empty for a meter, whose name has colons of its own.</param>
/// <param name="Name">The variable or meter.</param>
/// <param name="Units">The unit; empty when it has none.</param>
/// <param name="Frequency">As the file writes it; empty when it says none.</param>
public sealed record CsvColumn(string Header, string Key, string Name, string Units, string Frequency);
