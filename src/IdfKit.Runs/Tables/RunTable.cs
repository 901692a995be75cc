using IdfKit.Runs.Tables;
using IdfKit.Storage;

namespace IdfKit.Runs;

/// <summary>
/// All runs below a folder, a row each in the order of their folders: what their records say, as columns of one kind each.
/// <c>docs/run-table.md</c> describes the columns.
/// </summary>
public sealed partial class RunTable
{
    internal RunTable(ColumnNames names, IReadOnlyList<RunRow> rows, int recordsRead)
    {
        (Names, Rows, RecordsRead) = (names, rows, recordsRead);
        TableColumns = new(names, rows);
    }

    /// <summary>A row for each run, ordered by the UTF-8 bytes of its folder.</summary>
    public IReadOnlyList<RunRow> Rows { get; }

    /// <summary>The columns in their order; those of studies, tags and single figures only where a row has something in them.</summary>
    public IReadOnlyList<RunColumn> Columns => TableColumns.All;

    /// <summary>How many records were read for this table. The others stood unchanged in the earlier one.</summary>
    public int RecordsRead { get; }

    /// <summary>
    /// Why runs did not complete, by cause, the most frequent first; empty when all have, or are under way. Made anew each time.
    /// </summary>
    public IReadOnlyList<RunFailure> Failures => FailedRuns.ByCause(Rows);

    /// <summary>The same of some of the rows of a table.</summary>
    public static IReadOnlyList<RunFailure> FailuresOf(IEnumerable<RunRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return FailedRuns.ByCause(rows);
    }

    internal ColumnNames Names { get; }

    internal TableColumns TableColumns { get; }

    /// <summary>
    /// Collects all runs below a folder. A folder with EnergyPlus's results and without a record is a row with the status
    /// <c>unknown</c>, as is a record that cannot be read; folders of others are none.
    /// </summary>
    /// <param name="path">The folder; empty: the root.</param>
    /// <param name="fileSystem">Where it lies.</param>
    /// <param name="earlier">A table of the same folder: only records whose ETag has changed since are read.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each run, from one thread at a time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">The folder cannot be listed, or the storage does not answer any more.</exception>
    /// <remarks>
    /// One listing of all files below, which on S3 is a request for each thousand entries, those of a run that begin with
    /// <c>eplusout.</c> being one, and one GET for each record. A row takes about 1 KB of memory.
    /// </remarks>
    public static Task<RunTable> CollectAsync(
        string path, IAsyncFileSystem fileSystem, RunTable? earlier = null, RunTableOptions? options = null,
        IProgress<RunTableProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fileSystem);
        StoragePath.CheckFolder(path, nameof(Collect));
        return new RunCollection(fileSystem, earlier, options, progress).CollectAsync(path, cancellationToken);
    }

    /// <inheritdoc cref="CollectAsync"/>
    public static RunTable Collect(
        string path, IFileSystem fileSystem, RunTable? earlier = null, RunTableOptions? options = null,
        IProgress<RunTableProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fileSystem);
        return Blocking.Wait(() => CollectAsync(path, fileSystem.AsAsync(), earlier, options, progress, cancellationToken));
    }
}
