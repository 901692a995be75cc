using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Claims;

/// <summary>What is seen of the run that holds a record.</summary>
internal enum LifeSign
{
    /// <summary>Nothing: it may be dead.</summary>
    None,
    /// <summary>It lives: its own event brings it to its end.</summary>
    Lives,
    /// <summary>The record has changed: it is to be looked at again.</summary>
    RecordChanged,
}

/// <summary>
/// Looks whether a run lives, by what only the living do: going on with their progress, and with their record. A retry begins after
/// the attempt before it is over, so that what happens while this looks is no dead attempt's.
/// </summary>
/// <param name="files">The bucket of the results.</param>
/// <param name="folder">That of the run.</param>
/// <param name="time">The clock.</param>
internal sealed class SignOfLife(IAsyncFileSystem files, string folder, TimeProvider time)
{
    private const int Enough = 2; // the last request of a dead run may still arrive

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Costs two HEADs each second.</summary>
    public async Task<LifeSign> LookAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (patience <= TimeSpan.Zero) return LifeSign.None;
        var record = await LastWriteAsync(RunRecordFile.Name, cancellationToken).ConfigureAwait(false);
        var progress = await LastWriteAsync(RunRecordFile.ProgressName, cancellationToken).ConfigureAwait(false);
        var changes = 0;
        for (var left = patience; left > TimeSpan.Zero; left -= Pause)
        {
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            if (await LastWriteAsync(RunRecordFile.Name, cancellationToken).ConfigureAwait(false) != record) return LifeSign.RecordChanged;
            var now = await LastWriteAsync(RunRecordFile.ProgressName, cancellationToken).ConfigureAwait(false);
            if (now is null || now == progress) continue;
            progress = now;
            if (++changes == Enough) return LifeSign.Lives;
        }
        return LifeSign.None;
    }

    /// <summary>Told by its time, too: progress that says the same again has the same ETag on S3.</summary>
    private async Task<(string? ETag, DateTimeOffset? Modified)?> LastWriteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var entry = await files.StatAsync($"{folder}/{name}", cancellationToken).ConfigureAwait(false);
            return (entry.ETag, entry.Modified);
        }
        // A role that may not list is denied what is not there.
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound or StorageErrorKind.AccessDenied) { return null; }
    }
}
