using System.Text;

namespace IdfKit.Runs.Tables;

/// <summary>Writes a table as CSV: UTF-8, comma, CRLF, a heading.</summary>
internal static class CsvWriting
{
    private const int Piece = 64 * 1024;

    /// <summary>Writes row by row; memory does not grow with the table.</summary>
    public static async Task WriteAsync(RunTable table, Stream destination, CancellationToken cancellationToken)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var text = new StringBuilder();
        if (NeedsMark(table)) text.Append('\uFEFF');
        text.AppendJoin(',', table.Columns.Select(column => column.Name)).Append("\r\n");
        foreach (var row in table.Rows)
        {
            Append(text, table.TableColumns, row);
            if (text.Length < Piece) continue;
            await destination.WriteAsync(encoding.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
            text.Clear();
        }
        await destination.WriteAsync(encoding.GetBytes(text.ToString()), cancellationToken).ConfigureAwait(false);
    }

    private static void Append(StringBuilder text, TableColumns columns, RunRow row)
    {
        for (var column = 0; column < columns.All.Count; column++)
        {
            if (column > 0) text.Append(',');
            CsvText.Append(text, columns.Cell(row, column));
        }
        text.Append("\r\n");
    }

    // Without it Excel takes letters for those of its own code page. Where there are none beyond ASCII, nobody needs it.
    private static bool NeedsMark(RunTable table) =>
        table.Columns.Any(column => !Ascii.IsValid(column.Name))
        || table.Rows.SelectMany(row => row.Cells).Any(value => IsBeyondAscii(value.Cell));

    private static bool IsBeyondAscii(RunCell cell) => cell is { Kind: RunColumnKind.Text, Text: { } text } && !Ascii.IsValid(text);
}
