using Parquet;
using Parquet.Schema;

namespace IdfKit.Runs.Tables;

/// <summary>Writes a table as Parquet: a row group for so many rows, compressed by Snappy, which every reader knows.</summary>
internal static class ParquetWriting
{
    private const int RowsOfAGroup = 50_000;

    /// <param name="table">The table.</param>
    /// <param name="form">The name of its form, which the file's own metadata tell; null: none.</param>
    /// <param name="destination">Is not closed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task WriteAsync(
        ITableContent table, string? form, Stream destination, CancellationToken cancellationToken)
    {
        var fields = table.Columns.Select(ParquetKinds.FieldOf).ToArray();
        var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(fields), destination, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            if (form is not null) writer.CustomMetadata = new Dictionary<string, string> { [ParquetKinds.FormKey] = form };
            var first = 0;
            do // a table without rows has a group without rows
            {
                var count = Math.Min(RowsOfAGroup, table.RowCount - first);
                using var group = writer.CreateRowGroup();
                for (var column = 0; column < fields.Length; column++)
                {
                    var cells = CellsOf(table, column, first, count);
                    await WriteAsync(group, fields[column], table.Columns[column].Kind, cells, cancellationToken).ConfigureAwait(false);
                }
                first += count;
            }
            while (first < table.RowCount);
        }
    }

    private static RunCell[] CellsOf(ITableContent table, int column, int first, int count)
    {
        var cells = new RunCell[count];
        for (var row = 0; row < count; row++) cells[row] = table.Cell(first + row, column);
        return cells;
    }

    private static Task WriteAsync(
        ParquetRowGroupWriter group, DataField field, RunColumnKind kind, RunCell[] cells, CancellationToken cancellationToken) =>
        kind switch
        {
            RunColumnKind.Whole => WriteAsync(group, field, cells, static cell => (long?)cell.Value, cancellationToken),
            RunColumnKind.Number => WriteAsync(group, field, cells, static cell => (double?)cell.Value, cancellationToken),
            RunColumnKind.Flag => WriteAsync(group, field, cells, static cell => (bool?)cell.Value, cancellationToken),
            RunColumnKind.Time => WriteAsync(group, field, cells, UtcOf, cancellationToken),
            _ => group.WriteAsync(field, Array.ConvertAll(cells, static cell => cell.Text)),
        };

    private static Task WriteAsync<T>(
        ParquetRowGroupWriter group, DataField field, RunCell[] cells, Func<RunCell, T?> valueOf, CancellationToken cancellationToken)
        where T : struct =>
        group.WriteAsync<T>(
            field, new ReadOnlyMemory<T?>(Array.ConvertAll(cells, cell => valueOf(cell))), cancellationToken: cancellationToken);

    private static DateTime? UtcOf(RunCell cell) => ((DateTimeOffset?)cell.Value)?.UtcDateTime;
}
