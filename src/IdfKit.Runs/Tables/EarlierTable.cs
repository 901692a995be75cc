using IdfKit.Storage;

namespace IdfKit.Runs.Tables;

/// <summary>Puts a table together again, row by row, out of what was written; what is no such table is refused.</summary>
internal sealed class EarlierTable
{
    private readonly ColumnNames _names = new();
    private readonly List<RunRow> _rows = [];
    private readonly IReadOnlyList<string> _columns;

    private EarlierTable(IReadOnlyList<string> columns) => _columns = columns;

    /// <summary>Begins it; null when a table of this version has not these columns.</summary>
    public static EarlierTable? Begin(IReadOnlyList<string> columns)
    {
        var here = columns.ToHashSet(StringComparer.Ordinal);
        var lacks = KnownColumns.ByName.Values.Any(column => !column.IsOptional && !here.Contains(column.Name));
        var isOne = !lacks && here.Count == columns.Count && columns.Count <= ColumnNames.Most && columns.All(ColumnNames.IsName);
        return isOne ? new(columns) : null;
    }

    /// <summary>The kind of a column; null where nobody remembers it.</summary>
    public static RunColumnKind? KindOf(string column)
    {
        if (KnownColumns.ByName.TryGetValue(column, out var known)) return known.Kind;
        return KnownColumns.GroupOf(column) == KnownColumns.TagPrefix ? RunColumnKind.Text : null;
    }

    /// <summary>Adds a row; false when it is none, or not behind the one before.</summary>
    /// <param name="cells">What stands under each column.</param>
    public bool Add(IEnumerable<RunCell> cells)
    {
        var row = new RowBuilder(_names);
        foreach (var (cell, column) in cells.Zip(_columns)) row.Set(column, cell);
        var built = row.Build();
        var isInOrder = _rows.Count == 0 || StoragePath.Order.Compare(_rows[^1].Folder, built.Folder) < 0;
        if (!isInOrder || built[KnownColumns.Folder] is null) return false;
        _rows.Add(built);
        return true;
    }

    public RunTable End() => new(_names, _rows, recordsRead: 0);
}
