using System.Globalization;

using IdfKit.Engine.Results.Tables;

namespace IdfKit.Engine;

/// <summary>One table of a tabular report. Its cells are read when they are first asked for.</summary>
public sealed class ReportTable
{
    private readonly Lazy<ITableCells> _cells;

    internal ReportTable(string report, string forWhat, string name, Func<ITableCells> cells)
    {
        (Report, For, Name) = (report, forWhat, name);
        _cells = new(cells, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>
    /// The report, as its file writes it: <c>Annual Building Utility Performance Summary</c>, without the blanks in
    /// <c>.sql</c>.
    /// </summary>
    public string Report { get; }

    /// <summary>What the report is for, such as <c>Entire Facility</c> or a zone.</summary>
    public string For { get; }

    /// <summary>The table's title.</summary>
    public string Name { get; }

    /// <summary>Column names, without units and without the column of row names.</summary>
    public IReadOnlyList<string> Columns => _cells.Value.Columns;

    /// <summary>As <see cref="Columns"/>, as the file writes them: <c>Total Energy [GJ]</c>.</summary>
    public IReadOnlyList<string> Headers => _cells.Value.Headers;

    /// <summary>Row names; some tables repeat them or leave them blank.</summary>
    public IReadOnlyList<string> Rows => _cells.Value.Rows;

    /// <summary>A cell's text, without blanks around it.</summary>
    public string this[int row, int column] => _cells.Value.TextOf(row, column);

    /// <summary>A cell's text by the first row and column of these names; null when there is none. Case does not matter.</summary>
    public string? this[string row, string column] => Find(row, column) is var (r, c) && r >= 0 && c >= 0 ? this[r, c] : null;

    /// <summary>A cell's unit as EnergyPlus writes it, such as <c>GJ</c>; empty when it has none.</summary>
    public string UnitOf(int row, int column) => _cells.Value.UnitOf(row, column);

    /// <summary>A cell's number; null when it holds none.</summary>
    public double? NumberOf(int row, int column) =>
        double.TryParse(this[row, column], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? number
            : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Report} / {For} / {Name}";

    /// <summary>Whether the report is this one; blanks and case do not matter.</summary>
    internal bool IsOf(string report) =>
        string.Equals(
            Report.Replace(" ", "", StringComparison.Ordinal),
            report.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.OrdinalIgnoreCase);

    internal (int Row, int Column) Find(string row, string column) => (IndexOf(Rows, row), IndexOf(Columns, column));

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
            if (string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }
}
