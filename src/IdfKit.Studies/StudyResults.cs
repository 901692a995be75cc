using IdfKit.Storage;
using IdfKit.Studies.Page;
using IdfKit.Studies.Records;
using IdfKit.Studies.Tables;

namespace IdfKit.Studies;

/// <summary>Collects what the runs of a study have left into what a modeller opens: its table, its page and its record.</summary>
public static class StudyResults
{
    /// <summary>
    /// Writes <c>results.csv</c>, <c>results.parquet</c>, <c>index.html</c> and <c>study.json</c> into the study's output folder. It may be
    /// called at any time, also while rows run, and twice at once.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="outputDirectory">Where its results are, on the study's file system.</param>
    /// <param name="begun">The record as it was begun; null: the one that lies there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The record that was written.</returns>
    /// <exception cref="StorageException">The folder cannot be listed or written, or the storage does not answer any more.</exception>
    /// <remarks>A listing of the runs, a GET for each record that has changed since the last time, five or six PUTs.</remarks>
    public static async Task<StudyRecord> CollectAsync(
        Study study, string outputDirectory, StudyRecord? begun = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        var folder = OutputFolder.Of(study, outputDirectory);
        begun ??= await folder.ReadRecordAsync(cancellationToken).ConfigureAwait(false);
        var record = await MakeAsync(study, folder, begun, StudyTable.NoIdentities, cancellationToken).ConfigureAwait(false);
        await folder.Files.WriteBytesAsync(folder.At(StudyRecordFile.Name), StudyRecordFile.ToJson(record), cancellationToken)
            .ConfigureAwait(false);
        return record;
    }

    /// <summary>Writes <c>study.json</c> of a study whose rows are about to be run: <see cref="CollectAsync"/> goes on with it.</summary>
    /// <param name="study">The study.</param>
    /// <param name="outputDirectory">Where its results are, on the study's file system.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static async Task BeginAsync(Study study, string outputDirectory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        var folder = OutputFolder.Of(study, outputDirectory);
        var record = StudyDescription.Of(study) with { Status = StudyStatus.Running, StartedAt = TimeProvider.System.GetUtcNow() };
        await folder.Files.WriteBytesAsync(folder.At(StudyRecordFile.Name), StudyRecordFile.ToJson(record), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Says what <see cref="CollectAsync"/> would say of the runs that there are, and writes nothing.</summary>
    /// <param name="study">The study.</param>
    /// <param name="outputDirectory">Where its results are, on the study's file system.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">The folder cannot be listed, or the storage does not answer any more.</exception>
    public static async Task<StudyRecord> LookAsync(
        Study study, string outputDirectory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        var folder = OutputFolder.Of(study, outputDirectory);
        var begun = await folder.ReadRecordAsync(cancellationToken).ConfigureAwait(false);
        var table = new StudyTable(study, await folder.RunsAsync(cancellationToken).ConfigureAwait(false), StudyTable.NoIdentities);
        return StudyEnding.Describe(Described(study, begun), table, TimeProvider.System.GetUtcNow());
    }

    /// <summary>Writes table and page, and gives the record that belongs to them; its owner writes it.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">Where its results are.</param>
    /// <param name="begun">The record as it was begun; null: there is none.</param>
    /// <param name="identities">What the runs of these rows must be of, by their names; a run of something else is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<StudyRecord> MakeAsync(
        Study study, OutputFolder folder, StudyRecord? begun, IReadOnlyDictionary<string, string> identities,
        CancellationToken cancellationToken)
    {
        var table = new StudyTable(study, await folder.RunsAsync(cancellationToken).ConfigureAwait(false), identities);
        var record = StudyEnding.Describe(Described(study, begun), table, TimeProvider.System.GetUtcNow());
        await folder.StoreAsync(StudyRecordFile.CsvName, "text/csv; charset=utf-8",
            file => table.WriteCsvAsync(file, cancellationToken), cancellationToken).ConfigureAwait(false);
        await folder.StoreAsync(StudyRecordFile.ParquetName, "application/vnd.apache.parquet",
            file => table.WriteParquetAsync(file, cancellationToken), cancellationToken).ConfigureAwait(false);
        await folder.StoreAsync(StudyRecordFile.PageName, "text/html; charset=utf-8",
            file => file.WriteAsync(StudyPage.Utf8(record, table), cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
        await folder.StoreAsync(OutputFolder.EarlierName, "application/vnd.apache.parquet",
            file => table.Runs.WriteParquetAsync(file, cancellationToken), cancellationToken).ConfigureAwait(false);
        return record;
    }

    /// <summary>What the study says now, and what was noted of it when it was begun.</summary>
    private static StudyRecord Described(Study study, StudyRecord? begun)
    {
        if (begun is { ToRun: not null, Plan: not null }) return begun; // of just this study
        var described = StudyDescription.Of(study);
        return begun is null ? described : described with
        {
            Input = begun.Input,
            Bases = begun.Plan is null ? described.Bases : begun.Bases,
            Estimate = begun.Estimate,
            OwnUsage = begun.OwnUsage,
            StartedAt = begun.StartedAt,
            Plan = begun.Plan,
            Sequencer = begun.Sequencer,
        };
    }
}
