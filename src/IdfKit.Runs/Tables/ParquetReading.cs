using IdfKit.Storage;

using Parquet;
using Parquet.Schema;

namespace IdfKit.Runs.Tables;

/// <summary>Reads a table that was written as Parquet.</summary>
internal static class ParquetReading
{
    /// <summary>The table; null when the file holds none.</summary>
    public static async Task<RunTable?> ReadAsync(Stream source, CancellationToken cancellationToken)
    {
        try
        {
            var reader = await ParquetReader.CreateAsync(source, cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false)) return await ReadAsync(reader, cancellationToken).ConfigureAwait(false);
        }
        // The package has no one error for what is no Parquet or a damaged file: it may fail in any way.
        catch (Exception damaged) when (damaged is not (OperationCanceledException or OutOfMemoryException or StorageException))
        {
            return null;
        }
    }

    private static async Task<RunTable?> ReadAsync(ParquetReader reader, CancellationToken cancellationToken)
    {
        if (reader.CustomMetadata.GetValueOrDefault(ParquetKinds.FormKey) != ParquetKinds.Form) return null;
        var fields = reader.Schema.GetDataFields();
        if (EarlierTable.Begin([.. fields.Select(field => field.Name)]) is not { } table) return null;
        foreach (var group in reader.RowGroups)
        {
            var columns = new List<RunCell[]>(fields.Length);
            foreach (var field in fields)
            {
                if (await CellsOfAsync(group, field, cancellationToken).ConfigureAwait(false) is not { } cells) return null;
                columns.Add(cells);
            }
            for (var row = 0; row < group.RowCount; row++)
            {
                var at = row;
                if (!table.Add(columns.Select(cells => cells[at]))) return null;
            }
        }
        return table.End();
    }

    private static async Task<RunCell[]?> CellsOfAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken)
    {
        if (group.RowCount == 0) return [];
        var kind = ParquetKinds.KindOf(field);
        if (EarlierTable.KindOf(field.Name) is { } known && known != kind) return null;
        return kind switch
        {
            RunColumnKind.Whole => await CellsAsync<long>(group, field, RunCell.Of, cancellationToken).ConfigureAwait(false),
            RunColumnKind.Number => await CellsAsync<double>(group, field, RunCell.Of, cancellationToken).ConfigureAwait(false),
            RunColumnKind.Flag => await CellsAsync<bool>(group, field, RunCell.Of, cancellationToken).ConfigureAwait(false),
            RunColumnKind.Time => await CellsAsync<DateTime>(group, field, OfUtc, cancellationToken).ConfigureAwait(false),
            RunColumnKind.Text => await TextsAsync(group, field, cancellationToken).ConfigureAwait(false),
            _ => null,
        };
    }

    private static async Task<RunCell[]> CellsAsync<T>(
        ParquetRowGroupReader group, DataField field, Func<T, RunCell> cellOf, CancellationToken cancellationToken)
        where T : struct
    {
        var values = new T?[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(values, value => value is { } there ? cellOf(there) : default);
    }

    private static async Task<RunCell[]> TextsAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken)
    {
        var texts = new string?[group.RowCount];
        await group.ReadAsync(field, texts.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
        var said = new HashSet<string>(StringComparer.Ordinal); // most columns say the same in many rows
        return Array.ConvertAll(texts, text => RunCell.Of(OneOf(text)));

        string? OneOf(string? text)
        {
            if (text is null) return null;
            if (said.TryGetValue(text, out var before)) return before;
            said.Add(text);
            return text;
        }
    }

    private static RunCell OfUtc(DateTime time) => RunCell.Of(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)));
}
