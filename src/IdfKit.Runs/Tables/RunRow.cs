using IdfKit.Runs.Tables;

namespace IdfKit.Runs;

/// <summary>A run in a <see cref="RunTable"/>.</summary>
public sealed class RunRow
{
    private readonly ColumnNames _names;
    private readonly int[] _numbers; // of the columns in which something stands, ascending
    private readonly RunCell[] _cells;

    internal RunRow(ColumnNames names, int[] numbers, RunCell[] cells) => (_names, _numbers, _cells) = (names, numbers, cells);

    /// <summary>The run's folder, relative to where the table was collected; empty: that place itself.</summary>
    public string Folder => this[KnownColumns.Folder] as string ?? "";

    /// <summary>
    /// As its record says: <c>completed</c>, <c>failed</c>, <c>timed_out</c>, <c>crashed</c>, <c>rejected</c> or <c>running</c>;
    /// <c>unknown</c> where no record could be read, and then <see cref="Message"/> says why.
    /// </summary>
    public string Status => this["status"] as string ?? RecordRow.Unknown;

    /// <summary>One sentence about how it ended; null when there is nothing to say.</summary>
    public string? Message => this["message"] as string;

    /// <summary>Of the record that the row was made of; null when none was read.</summary>
    public string? ETag => this[KnownColumns.ETag] as string;

    /// <summary>
    /// What stands in a column: a <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or
    /// <see cref="DateTimeOffset"/>; null when nothing does, or when there is no such column.
    /// </summary>
    public object? this[string column]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(column);
            return _names.Find(column) is { } number ? Cell(number).Value : null;
        }
    }

    /// <summary>"office: completed".</summary>
    public override string ToString() => $"{Folder}: {Status}";

    /// <summary>What stands in the row, by the numbers of the columns.</summary>
    internal IEnumerable<(int Number, RunCell Cell)> Cells => _numbers.Zip(_cells);

    internal RunCell Cell(int number) => Array.BinarySearch(_numbers, number) is >= 0 and var at ? _cells[at] : default;
}
