using System.Runtime.CompilerServices;

namespace IdfKit.Engine.Results.Tables;

/// <summary>The cells of one HTML table: where they stand, and their text when asked for.</summary>
internal sealed class HtmlCells : ITableCells
{
    /// <summary>Bytes of a cell with its tags.</summary>
    private const int AboutCell = 38;

    private readonly ReadOnlyMemory<byte> _table;
    private readonly List<(int Start, int Length)> _cells;
    private readonly string[] _units;
    private readonly int _width;

    public HtmlCells(ReadOnlyMemory<byte> table)
    {
        _table = table;
        _cells = new(table.Length / AboutCell);
        _width = Scan();
        Headers = [.. Enumerable.Range(1, Math.Max(0, _width - 1)).Select(column => Text(_cells[column]))];
        var headers = Headers.Select(ColumnHeader.Split).ToArray();
        Columns = [.. headers.Select(header => header.Name)];
        _units = [.. headers.Select(header => header.Unit)];
        Rows = [.. Enumerable.Range(1, _width == 0 ? 0 : (_cells.Count / _width) - 1).Select(row => Text(_cells[row * _width]))];
    }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<string> Headers { get; }

    public IReadOnlyList<string> Rows { get; }

    public string TextOf(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows.Count, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns.Count, nameof(column));
        return Text(_cells[((row + 1) * _width) + column + 1]);
    }

    public string UnitOf(int row, int column) => _units[column];

    /// <summary>Notes every cell, rows padded to the header's width; returns that width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Scan()
    {
        var span = _table.Span;
        int width = 0, inRow = 0;
        for (var position = 0; position < span.Length;)
        {
            var found = span[position..].IndexOf((byte)'<');
            if (found < 0) break;
            position += found + 1;
            var tag = span[position..];
            if (tag.StartsWith("/tr"u8))
            {
                if (width == 0) width = inRow;
                for (; inRow < width; inRow++) _cells.Add((0, 0));
                inRow = 0;
            }
            else if (tag.Length > 2 && tag[0] == 't' && tag[1] is (byte)'d' or (byte)'h' && IsTagEnd(tag[2]))
            {
                var start = tag.IndexOf((byte)'>') + 1;
                var length = start == 0 ? -1 : tag[start..].IndexOf(tag[1] == 'd' ? "</td>"u8 : "</th>"u8);
                if (length < 0) break;
                if (width == 0 || inRow < width) _cells.Add((position + start, length));
                inRow++;
                position += start + length + 1;
            }
        }
        return width;
    }

    private static bool IsTagEnd(byte letter) => letter is (byte)'>' or <= (byte)' ';

    private string Text((int Start, int Length) cell) => HtmlScanner.Text(_table.Span.Slice(cell.Start, cell.Length));
}
