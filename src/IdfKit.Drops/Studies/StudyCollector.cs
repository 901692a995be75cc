using IdfKit.Runs.Staging;
using IdfKit.Simulation;
using IdfKit.Storage;
using IdfKit.Studies;
using IdfKit.Studies.Reading;

namespace IdfKit.Drops.Studies;

/// <summary>The call <c>collect</c>: one table and one page of what is there, whatever happened before.</summary>
/// <param name="parts">What it works with.</param>
internal sealed class StudyCollector(StudyParts parts)
{
    /// <summary>Writes table and page, and then the record that tells of them.</summary>
    /// <exception cref="StudyCallException">There is no study.</exception>
    /// <exception cref="StorageException">Storage failed.</exception>
    public async Task<CollectAnswer> CollectAsync(CollectCall call, CancellationToken cancellationToken)
    {
        var place = parts.PlaceOf(call.Collect ?? "");
        using var workspace = Workspace.Create(parts.Settings.WorkDirectory, "collect-" + Guid.NewGuid().ToString("N"));
        var claim = new StudyClaim(place, workspace);
        await claim.ReadAsync(cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; attempt <= StudyClaim.Attempts; attempt++)
        {
            if (claim.Record is not { } record) throw new StudyCallException(DropSentences.NoFolderOfStudy(place.Url));
            if (record.Plan is not { } plan || (call.Plan is not null && call.Plan != plan))
                return new("superseded", DropSentences.PlanIsOld(place.Url)) { Study = place.Url };
            var answer = await CollectAsync(place, record, plan, cancellationToken).ConfigureAwait(false);
            // Who has written meanwhile may have seen more, or less: the table is made anew.
            if (await claim.TryWriteAsync(answer.Record, cancellationToken).ConfigureAwait(false)) return answer.Answer;
        }
        throw new RunDeferredException(DropSentences.StudyContested(place.Url));
    }

    private async Task<(StudyRecord Record, CollectAnswer Answer)> CollectAsync(
        StudyPlace place, StudyRecord record, string plan, CancellationToken cancellationToken)
    {
        var files = place.Results.Files;
        var copy = place.CopyPath(plan, ObjectKey.FromText(record.Input.Key));
        var bytes = await files.ReadBytesAsync(copy, cancellationToken).ConfigureAwait(false);
        var study = new StudyReader(new StoredPlace(files, copy, LocalPath: null), new()).ReadUnchecked(bytes);
        var table = await StudyTable.CollectAsync(study, place.Folder, earlier: null, cancellationToken).ConfigureAwait(false);
        await WriteAsync(place.At(StudyRecordFile.CsvName), "text/csv", table.WriteCsvAsync).ConfigureAwait(false);
        await WriteAsync(place.At(StudyRecordFile.ParquetName), "application/vnd.apache.parquet", table.WriteParquetAsync)
            .ConfigureAwait(false);

        var counts = Enumerable.Range(0, table.RowCount).CountBy(row => table[row, "status"] as string ?? StudyTable.NotRun)
            .ToDictionary(StringComparer.Ordinal);
        var ended = counts.Where(count => count.Key is not (StudyTable.NotRun or "running" or "unknown")).ToDictionary();
        var notRun = table.RowCount - ended.Values.Sum();
        var message = DropSentences.StudyCollected(table.RowCount, table.RowCount - notRun);
        // Of a plan that has started nothing nobody waits for the rest.
        var isHeld = record.ToRun == 0 && notRun > 0;
        var collected = record with
        {
            Status = isHeld ? record.Status : StudyStatus.Collected,
            Message = isHeld ? record.Message : message,
            Counts = counts,
            FinishedAt = parts.Time.GetUtcNow(),
        };
        return (collected, new("collected", collected.Message ?? message)
        {
            Study = place.Url,
            Rows = table.RowCount,
            Ended = ended,
            NotRun = isHeld ? 0 : notRun,
            Table = S3Url.Of(place.Results.Bucket, place.At(StudyRecordFile.CsvName)),
            Page = S3Url.Of(place.Results.Bucket, place.At(StudyRecordFile.PageName)),
        });

        async Task WriteAsync(string path, string contentType, Func<Stream, CancellationToken, Task> write)
        {
            using var content = new MemoryStream();
            await write(content, cancellationToken).ConfigureAwait(false);
            content.Position = 0;
            await files.WriteAsync(path, content, new WriteOptions { ContentType = contentType }, cancellationToken).ConfigureAwait(false);
        }
    }
}
