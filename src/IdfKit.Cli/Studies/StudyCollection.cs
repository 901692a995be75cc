using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>Writes the table and the record of a study.</summary>
internal static class StudyCollection
{
    public static async Task<StudyRecord> CollectAsync(Study study, string outputDirectory, CancellationToken cancellationToken)
    {
        var files = new AsyncLocalFileSystem(Path.GetFullPath(outputDirectory));
        var table = await StudyTable.CollectAsync(study, outputDirectory, cancellationToken: cancellationToken);
        using var csv = new MemoryStream();
        await table.WriteCsvAsync(csv, cancellationToken);
        await files.WriteBytesAsync(StudyRecordFile.CsvName, csv.ToArray(), cancellationToken);
        using var parquet = new MemoryStream();
        await table.WriteParquetAsync(parquet, cancellationToken);
        await files.WriteBytesAsync(StudyRecordFile.ParquetName, parquet.ToArray(), cancellationToken);
        var rows = EndedRows.Of(table, _ => false);
        var record = new StudyRecord
        {
            Status = StudyStatus.Collected, Input = new("", study.Path), Rows = study.Rows.Count, Parameters = study.Parameters,
            Counts = rows.Counts, Failures = rows.Failures, FinishedAt = TimeProvider.System.GetUtcNow(),
        };
        await files.WriteBytesAsync(StudyRecordFile.Name, StudyRecordFile.ToJson(record), cancellationToken);
        return record;
    }
}
