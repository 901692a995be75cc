namespace IdfKit.Runs.Tables;

/// <summary>A table as the writers of files see it.</summary>
internal interface ITableContent
{
    IReadOnlyList<RunColumn> Columns { get; }

    int RowCount { get; }

    /// <summary>What stands in a row under a column, of the column's kind.</summary>
    RunCell Cell(int row, int column);

    /// <summary>The digits of a number as somebody wrote them, which text keeps; null: nobody did.</summary>
    string? DigitsOf(int row, int column) => null;
}
