using System.Text;

namespace IdfKit.Runs.Tables;

/// <summary>Writes a table as CSV: UTF-8, comma, CRLF, a heading.</summary>
internal static class CsvWriting
{
    private const int Piece = 64 * 1024;

    /// <summary>Writes row by row; memory does not grow with the table.</summary>
    public static async Task WriteAsync(ITableContent table, Stream destination, CancellationToken cancellationToken)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var text = new StringBuilder();
        if (NeedsMark(table)) text.Append('\uFEFF');
        for (var column = 0; column < table.Columns.Count; column++)
        {
            if (column > 0) text.Append(',');
            CsvText.AppendUnguarded(text, table.Columns[column].Name);
        }
        text.Append("\r\n");
        for (var row = 0; row < table.RowCount; row++)
        {
            Append(text, table, row);
            if (text.Length < Piece) continue;
            await destination.WriteAsync(encoding.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
            text.Clear();
        }
        await destination.WriteAsync(encoding.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
    }

    private static void Append(StringBuilder text, ITableContent table, int row)
    {
        for (var column = 0; column < table.Columns.Count; column++)
        {
            if (column > 0) text.Append(',');
            if (table.DigitsOf(row, column) is { } digits) CsvText.AppendUnguarded(text, digits);
            else CsvText.Append(text, table.Cell(row, column));
        }
        text.Append("\r\n");
    }

    // Without it Excel takes letters for those of its own code page. Where there are none beyond ASCII, nobody needs it.
    private static bool NeedsMark(ITableContent table)
    {
        if (table.Columns.Any(column => !Ascii.IsValid(column.Name))) return true;
        for (var row = 0; row < table.RowCount; row++)
            for (var column = 0; column < table.Columns.Count; column++)
                if (IsBeyondAscii(table.Cell(row, column))) return true;
        return false;
    }

    private static bool IsBeyondAscii(RunCell cell) => cell is { Kind: RunColumnKind.Text, Text: { } text } && !Ascii.IsValid(text);
}
