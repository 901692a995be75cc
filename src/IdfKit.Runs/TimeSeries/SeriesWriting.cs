using Parquet;
using Parquet.Schema;

namespace IdfKit.Runs.TimeSeries;

/// <summary>
/// Writes a table of series as Parquet: one row group, so that a series is one stretch of the file, compressed by Snappy, which every
/// reader knows.
/// </summary>
internal static class SeriesWriting
{
    private const long HeldBytes = 16L << 20; // of values, at a time

    public static async Task WriteAsync(
        SeriesTable table, ISeriesSource source, SeriesAbout about, Stream destination, CancellationToken cancellationToken)
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Snappy, MaximumLargePoolFreeBytes = 4 << 20 };
        options.ColumnEncodingHints[SeriesMetadata.Environment] = EncodingHint.Dictionary;
        options.ColumnEncodingHints[SeriesMetadata.Start] = EncodingHint.DeltaBinaryPacked;
        options.ColumnEncodingHints[SeriesMetadata.End] = EncodingHint.DeltaBinaryPacked;
        var series = table.Columns.Select(name => new DataField(name, typeof(double), isNullable: true)).ToArray();
        var schema = new ParquetSchema([.. SeriesSchema.Own, .. series]);
        var writer = await ParquetWriter.CreateAsync(
            schema, destination, options, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = SeriesMetadata.Write(table, about);
            using var group = writer.CreateRowGroup();
            await WriteOwnAsync(group, schema, table, cancellationToken).ConfigureAwait(false);
            await WriteSeriesAsync(group, options, series, table, source, cancellationToken).ConfigureAwait(false);
            group.CompleteValidate();
        }
    }

    private static async Task WriteOwnAsync(
        ParquetRowGroupWriter group, ParquetSchema schema, SeriesTable table, CancellationToken cancellationToken)
    {
        var titles = new string[table.Rows];
        var (starts, ends) = (new long[table.Rows], new long[table.Rows]);
        var row = 0;
        foreach (var (_, environment, times) in table.Environments)
            foreach (var time in times)
            {
                titles[row] = environment.Title;
                (starts[row], ends[row]) = (SeriesSchema.MicrosecondsOf(time.Start), SeriesSchema.MicrosecondsOf(time.End));
                row++;
            }
        await group.WriteAsync(schema.GetDataFields()[0], titles).ConfigureAwait(false);
        await group.WriteAsync<long>(SeriesSchema.Start, starts, cancellationToken: cancellationToken).ConfigureAwait(false);
        await group.WriteAsync<long>(SeriesSchema.End, ends, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteSeriesAsync(
        ParquetRowGroupWriter group, ParquetOptions options, DataField[] fields, SeriesTable table, ISeriesSource source,
        CancellationToken cancellationToken)
    {
        var column = new SeriesColumn(table.Rows);
        var atOnce = (int)Math.Clamp(HeldBytes / ((long)table.Rows * sizeof(double)), 1, fields.Length);
        for (var first = 0; first < fields.Length; first += atOnce)
        {
            var variables = table.Variables.Skip(first).Take(atOnce).ToList();
            var seriesOf = source.Read(variables);
            for (var i = 0; i < variables.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (field, variable) = (fields[first + i], variables[i]);
                column.Fill(table.Environments, environment => seriesOf(variable, environment));
                // No bounds are written for values split by byte, and a column with NaN has none that readers agree on.
                if (column.HasNaN) options.ColumnEncodingHints[field.Path.ToString()] = EncodingHint.ByteSplitStream;
                await group.WriteAllPartsAsync(field, column.Values, column.Levels, null, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
