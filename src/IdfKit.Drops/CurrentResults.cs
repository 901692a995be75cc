using IdfKit.Drops.Notes;
using IdfKit.Drops.Objects;
using IdfKit.Drops.Studies;
using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Drops;

/// <summary>Looks whether dropped models and studies have the results that belong to them: for a bucket whose events were missed.</summary>
/// <param name="layout">Where results go.</param>
/// <param name="bucket">The bucket of the inputs and of the results.</param>
public sealed class CurrentResults(OutputLayout layout, IAsyncFileSystem bucket)
{
    /// <summary>How an object stands. Costs a GET, and a HEAD or a listing for each file that a rejected model waits for.</summary>
    /// <param name="drop">The object as it was listed.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StorageException">The bucket cannot be read.</exception>
    public async Task<DropStanding> OfAsync(FileEntry drop, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(drop);
        var key = ObjectKey.FromText(drop.Path);
        return layout.KindOf(key, inOutputBucket: true) switch
        {
            DropKind.Study => await OfStudyAsync(key, drop, cancellationToken).ConfigureAwait(false),
            { IsAnswered: true } => await OfModelAsync(key, drop, now, cancellationToken).ConfigureAwait(false),
            _ => DropStanding.Current,
        };
    }

    private async Task<DropStanding> OfModelAsync(
        ObjectKey key, FileEntry drop, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var path = $"{layout.FolderOf(key)}/{RunRecordFile.Name}";
        var json = await bucket.ReadBytesOrNullAsync(path, cancellationToken).ConfigureAwait(false);
        if (json is null || RunRecordFile.FromJson(json) is not { } record) return DropStanding.New;
        if (record.Status == RunStatus.Running)
            return record.ExpiresAt > now ? DropStanding.HeldByAnother : DropStanding.Interrupted;
        if (!IsOf(record.Input, key, drop)) return DropStanding.Changed;
        if (IsPutAgain(record.Input, drop)) return DropStanding.PutAgain;
        var waits = record is { Status: RunStatus.Rejected, Missing.Count: > 0 };
        return waits && await WaitingModels.ArrivedAsync(bucket, record, cancellationToken).ConfigureAwait(false) is not null
            ? DropStanding.NoLongerWaits
            : DropStanding.Current;
    }

    private async Task<DropStanding> OfStudyAsync(ObjectKey key, FileEntry drop, CancellationToken cancellationToken)
    {
        var path = $"{layout.StudyFolderOf(key)}/{StudyRecordFile.Name}";
        var json = await bucket.ReadBytesOrNullAsync(path, cancellationToken).ConfigureAwait(false);
        if (json is null || StudyRecordFile.FromJson(json) is not { } record) return DropStanding.New;
        if (!IsOf(record.Input, key, drop)) return DropStanding.Changed;
        return record.Status switch
        {
            StudyStatus.Planned or StudyStatus.Running => DropStanding.Interrupted,
            StudyStatus.Collected when StudyRules.Unended(record) > 0 => DropStanding.Interrupted,
            StudyStatus.Waiting => DropStanding.NoLongerWaits, // planning it finds out what is there
            _ => DropStanding.Current,
        };
    }

    /// <summary>Whether the same content was put again since. Both times are the bucket's; HEAD tells whole seconds.</summary>
    private static bool IsPutAgain(RunInput input, FileEntry drop) => input.LastModified is { } ran && drop.Modified is { } put
        && put.ToUnixTimeSeconds() > ran.ToUnixTimeSeconds();

    /// <summary>Whether results are of this very content. Where no checksum was recorded they are, if the file has its size.</summary>
    private static bool IsOf(RunInput input, ObjectKey key, FileEntry drop)
    {
        if (input.Key != key.Value) return false;
        if (input.ETag is not null && drop.ETag is not null) return input.ETag == drop.ETag;
        return input.SizeBytes is null || input.SizeBytes == drop.SizeBytes;
    }
}
