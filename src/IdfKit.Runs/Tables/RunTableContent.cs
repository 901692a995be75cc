namespace IdfKit.Runs.Tables;

/// <summary>A table of runs as its files have it.</summary>
internal sealed class RunTableContent(RunTable table) : ITableContent
{
    public IReadOnlyList<RunColumn> Columns => table.Columns;

    public int RowCount => table.Rows.Count;

    public RunCell Cell(int row, int column) => table.TableColumns.Cell(table.Rows[row], column);
}
