using IdfKit.Runs.Tables;
using IdfKit.Storage;

namespace IdfKit.Runs;

public sealed partial class RunTable
{
    /// <summary>
    /// Writes the table as CSV (RFC 4180): UTF-8 with a heading, numbers with a point, moments in ISO 8601; what is not there is empty.
    /// A text that a spreadsheet would take for a formula gets an apostrophe before it. The same records are the same bytes.
    /// </summary>
    /// <remarks>The file begins with a byte order mark when it has letters beyond ASCII, which Excel would misread otherwise.</remarks>
    public Task WriteCsvAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return CsvWriting.WriteAsync(new RunTableContent(this), destination, cancellationToken);
    }

    /// <inheritdoc cref="WriteCsvAsync"/>
    public void WriteCsv(Stream destination) => Blocking.Wait(() => WriteCsvAsync(destination));

    /// <summary>
    /// Writes the table as Parquet: text, 64-bit whole numbers, doubles, and moments as milliseconds in UTC. The same records are the
    /// same bytes.
    /// </summary>
    public Task WriteParquetAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return ParquetWriting.WriteAsync(new RunTableContent(this), ParquetKinds.Form, destination, cancellationToken);
    }

    /// <inheritdoc cref="WriteParquetAsync"/>
    public void WriteParquet(Stream destination) => Blocking.Wait(() => WriteParquetAsync(destination));

    /// <summary>Reads what <see cref="WriteCsvAsync"/> wrote, as the earlier table of <see cref="CollectAsync"/>.</summary>
    /// <returns>The table; null when the file holds none, or one of another version.</returns>
    public static Task<RunTable?> ReadCsvAsync(Stream source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return CsvReading.ReadAsync(source, cancellationToken);
    }

    /// <summary>Reads what <see cref="WriteParquetAsync"/> wrote, as the earlier table of <see cref="CollectAsync"/>.</summary>
    /// <param name="source">Can be read at any place.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The table; null when the file holds none, or one of another version.</returns>
    public static Task<RunTable?> ReadParquetAsync(Stream source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ParquetReading.ReadAsync(source, cancellationToken);
    }
}
