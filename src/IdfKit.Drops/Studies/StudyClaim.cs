using IdfKit.Runs.Staging;
using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Drops.Studies;

/// <summary>
/// <c>study.json</c> of one study, written only under the condition that nobody else has written it since it was read.
/// </summary>
/// <param name="place">Where it lies.</param>
/// <param name="workspace">Where it is read to.</param>
internal sealed class StudyClaim(StudyPlace place, Workspace workspace)
{
    public const int Attempts = 8; // each lost race means that somebody else has won one

    private static readonly WriteOptions AsJson = new() { ContentType = "application/json" };

    private string? _etag;

    /// <summary>The record as it was read or written last; null: there is none that can be read.</summary>
    public StudyRecord? Record { get; private set; }

    /// <summary>Reads the record.</summary>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public async Task<StudyRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        var files = place.Results.Files;
        var entry = await files.DownloadOrNullAsync(place.RecordPath, workspace.ScratchRecord, cancellationToken).ConfigureAwait(false);
        _etag = entry?.ETag;
        if (entry is null) return Record = null;
        var json = await File.ReadAllBytesAsync(workspace.ScratchRecord, cancellationToken).ConfigureAwait(false);
        return Record = StudyRecordFile.FromJson(json);
    }

    /// <summary>Writes the record in place of the one that was read; false when another one lies there now, which has been read.</summary>
    /// <exception cref="StorageException">It cannot be written, though nobody else has.</exception>
    public async Task<bool> TryWriteAsync(StudyRecord record, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = _etag;
            try
            {
                using var content = new MemoryStream(StudyRecordFile.ToJson(record), writable: false);
                var condition = AsJson with { IfAbsent = before is null, IfMatch = before };
                var written = await place.Results.Files.WriteAsync(
                    place.RecordPath, content, condition, cancellationToken).ConfigureAwait(false);
                (_etag, Record) = (written.ETag, record);
                return true;
            }
            catch (StorageException e) when (MayHaveLost(e, before))
            {
                var found = await ReadAsync(cancellationToken).ConfigureAwait(false);
                if (found is not null && IsThis(found, record)) return true; // the answer was lost on the way
                if (_etag != before) return false;
                if (attempt == Attempts) throw;
            }
        }
    }

    // 412, 409, no answer, or 404 because the record that If-Match names has gone: the record tells which.
    private static bool MayHaveLost(StorageException failure, string? ifMatch) => failure.IsTransient
        || failure.Kind is StorageErrorKind.PreconditionFailed or StorageErrorKind.Conflict
        || (failure.Kind is StorageErrorKind.NotFound && ifMatch is not null);

    private static bool IsThis(StudyRecord found, StudyRecord record) =>
        StudyRecordFile.ToJson(found).AsSpan().SequenceEqual(StudyRecordFile.ToJson(record));
}
