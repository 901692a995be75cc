namespace IdfKit.Runs.Tables;

/// <summary>Which columns a table has, of which kind they are, and by which numbers its rows know them.</summary>
internal sealed class TableColumns
{
    private readonly int[] _numbers;

    public TableColumns(ColumnNames names, IReadOnlyList<RunRow> rows)
    {
        var named = names.All;
        var kinds = KindsOf(rows, named.Count);
        var further = named.Index()
            .Where(column => kinds[column.Index] is not null && !KnownColumns.ByName.ContainsKey(column.Item))
            .Select(column => new RunColumn(column.Item, kinds[column.Index]!.Value))
            .OrderBy(column => column.Name, StringComparer.Ordinal)
            .ToLookup(column => KnownColumns.GroupOf(column.Name), StringComparer.Ordinal);
        All = [.. KnownColumns.All.SelectMany(place => ColumnsAt(place, further))];
        _numbers = [.. All.Select(column => names.Find(column.Name)!.Value)];

        IEnumerable<RunColumn> ColumnsAt(KnownColumn place, ILookup<string, RunColumn> groups)
        {
            if (place.Kind is not { } kind) return groups[place.Name];
            var isLeftOut = place.IsOptional && kinds[names.Find(place.Name)!.Value] is null;
            return isLeftOut ? [] : [new(place.Name, kind)];
        }
    }

    public IReadOnlyList<RunColumn> All { get; }

    /// <summary>What stands in a row under a column, by its place in <see cref="All"/>, and of its kind.</summary>
    public RunCell Cell(RunRow row, int column)
    {
        var cell = row.Cell(_numbers[column]);
        if (cell.IsEmpty || cell.Kind == All[column].Kind) return cell;
        return RunCell.Of(cell.Text); // where records differ, the column is of text
    }

    private static RunColumnKind?[] KindsOf(IReadOnlyList<RunRow> rows, int columns)
    {
        var kinds = new RunColumnKind?[columns];
        foreach (var row in rows)
            foreach (var (number, cell) in row.Cells)
                kinds[number] = kinds[number] is null || kinds[number] == cell.Kind ? cell.Kind : RunColumnKind.Text;
        return kinds;
    }
}
