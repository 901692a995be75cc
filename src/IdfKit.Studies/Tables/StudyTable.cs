using IdfKit.Runs;
using IdfKit.Runs.Tables;
using IdfKit.Storage;
using IdfKit.Studies.Tables;

namespace IdfKit.Studies;

/// <summary>
/// The results of a study: a row for each of its rows, in the file's order, with what the file says, how the run ended and its figures.
/// </summary>
public sealed class StudyTable
{
    internal static readonly IReadOnlyDictionary<string, string> NoIdentities = new Dictionary<string, string>();

    private readonly StudyContent _content;

    internal StudyTable(Study study, RunTable runs, IReadOnlyDictionary<string, string> identities)
    {
        (Study, Runs) = (study, runs);
        _content = new(study, runs, identities);
    }

    /// <summary>
    /// The columns: <c>name</c>, those of the study as it has them, <c>status</c>, <c>reason</c>, <c>message</c>, figures.
    /// </summary>
    public IReadOnlyList<RunColumn> Columns => _content.Columns;

    /// <summary>How many rows there are: as many as the study has.</summary>
    public int RowCount => _content.RowCount;

    /// <summary>The runs below the study's output folder, those of rows that are gone too.</summary>
    public RunTable Runs { get; }

    /// <summary>The study.</summary>
    internal Study Study { get; }

    /// <summary>The run of each row of the study; null where there is none.</summary>
    internal IReadOnlyList<RunRow?> RowRuns => _content.Runs;

    internal ITableContent Content => _content;

    /// <summary>
    /// What stands in a row under a column: a <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or <see cref="bool"/>;
    /// null when nothing does, or when there is no such column.
    /// </summary>
    public object? this[int row, string column]
    {
        get
        {
            for (var at = 0; at < Columns.Count; at++)
                if (Columns[at].Name == column) return _content.Cell(row, at).Value;
            return null;
        }
    }

    /// <summary>Collects the runs of a study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="outputDirectory">Where its results are, on the study's file system.</param>
    /// <param name="earlier">A table of the same study: only records that have changed since are read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">The folder cannot be listed, or the storage does not answer any more.</exception>
    public static async Task<StudyTable> CollectAsync(
        Study study, string outputDirectory, StudyTable? earlier = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        var folder = OutputFolder.Of(study, outputDirectory);
        var runs = await RunTable.CollectAsync(
            folder.At(StudyRecordFile.RunsName), folder.Files, earlier?.Runs, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new(study, runs, NoIdentities);
    }

    /// <summary>Writes the table as CSV (RFC 4180): UTF-8, numbers with a point. The same records are the same bytes.</summary>
    public Task WriteCsvAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return CsvWriting.WriteAsync(_content, destination, cancellationToken);
    }

    /// <summary>Writes the table as Parquet. The same records are the same bytes.</summary>
    public Task WriteParquetAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return ParquetWriting.WriteAsync(_content, null, destination, cancellationToken);
    }
}
