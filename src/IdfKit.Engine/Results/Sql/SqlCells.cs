using IdfKit.Engine.Results.Tables;

namespace IdfKit.Engine.Results.Sql;

/// <summary>The cells of one table of the <c>.sql</c> file, filed by the row and column numbers that EnergyPlus gives them.</summary>
internal sealed class SqlCells : ITableCells
{
    private readonly SortedDictionary<int, string> _rows = [];
    private readonly SortedDictionary<int, string> _columns = [];
    private readonly Dictionary<(int Row, int Column), (string Text, string Unit)> _cells = [];
    private int[]? _rowIds;
    private int[]? _columnIds;

    public IReadOnlyList<string> Columns => field ??= [.. _columns.Values];

    public IReadOnlyList<string> Headers => field ??= [.. Columns.Select(
        (name, column) => Rows.Count > 0 && UnitOf(0, column) is { Length: > 0 } unit ? $"{name} [{unit}]" : name)];

    public IReadOnlyList<string> Rows => field ??= [.. _rows.Values];

    /// <summary>Whether the table has this cell already.</summary>
    public bool Has(int row, int column) => _cells.ContainsKey((row, column));

    public void Add(int row, int column, string rowName, string columnName, string unit, string text)
    {
        _rows.TryAdd(row, rowName.Trim());
        _columns.TryAdd(column, columnName.Trim());
        _cells[(row, column)] = (text.Trim(), unit.Trim());
    }

    public string TextOf(int row, int column) => Cell(row, column).Text ?? "";

    public string UnitOf(int row, int column) => Cell(row, column).Unit ?? "";

    private (string? Text, string? Unit) Cell(int row, int column)
    {
        _rowIds ??= [.. _rows.Keys];
        _columnIds ??= [.. _columns.Keys];
        return _cells.GetValueOrDefault((_rowIds[row], _columnIds[column]));
    }
}
