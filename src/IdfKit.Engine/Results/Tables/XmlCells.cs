namespace IdfKit.Engine.Results.Tables;

/// <summary>A cell as XML has it.</summary>
internal readonly record struct XmlCell(string Column, string Unit, string Text);

/// <summary>The cells of one table of the XML report, which stand in it row by row.</summary>
internal sealed class XmlCells : ITableCells
{
    private readonly List<string> _columns = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _rows = [];
    private readonly List<Dictionary<int, XmlCell>> _cells = [];

    public IReadOnlyList<string> Columns => _columns;

    public IReadOnlyList<string> Headers => [.. _columns.Select(
        (name, column) => _rows.Count > 0 && UnitOf(0, column) is { Length: > 0 } unit ? $"{name} [{unit}]" : name)];

    public IReadOnlyList<string> Rows => _rows;

    public void Add(string row, List<XmlCell> cells)
    {
        var places = new Dictionary<int, XmlCell>(cells.Count);
        foreach (var cell in cells)
        {
            if (!_places.TryGetValue(cell.Column, out var place))
            {
                _places.Add(cell.Column, place = _columns.Count);
                _columns.Add(cell.Column);
            }
            places[place] = cell;
        }
        _rows.Add(row);
        _cells.Add(places);
    }

    public string TextOf(int row, int column) => _cells[row].GetValueOrDefault(column).Text ?? "";

    public string UnitOf(int row, int column) => _cells[row].GetValueOrDefault(column).Unit ?? "";
}
