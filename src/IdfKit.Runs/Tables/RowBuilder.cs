namespace IdfKit.Runs.Tables;

/// <summary>Puts a row together, cell by cell in any order; where one comes twice, the last one stands.</summary>
internal sealed class RowBuilder(ColumnNames names)
{
    private readonly SortedDictionary<int, RunCell> _cells = [];

    /// <summary>Sets what stands in a column; nothing leaves it as it is.</summary>
    public RowBuilder Set(string column, RunCell cell)
    {
        if (!cell.IsEmpty && names.NumberOf(column) is { } number) _cells[number] = cell;
        return this;
    }

    public RunRow Build() => new(names, names.Shared([.. _cells.Keys]), [.. _cells.Values]);
}
