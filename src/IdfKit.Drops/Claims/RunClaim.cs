using IdfKit.Runs;
using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Drops.Claims;

/// <summary>
/// The right to write one output folder: <c>run.json</c>, written only under the condition that nobody else has written it
/// since. A write whose answer was lost is read back and told by its <c>run_id</c>.
/// </summary>
#pragma warning disable CA1001 // the semaphore's wait handle is never asked for, so it holds nothing to dispose
internal sealed class RunClaim
#pragma warning restore CA1001
{
    private const int Attempts = 8; // each lost race means that somebody else has won one

    private readonly IAsyncFileSystem _output;
    private readonly string _path;
    private readonly string _scratchPath;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1); // a renewal comes at any moment
    private string _etag;

    private RunClaim(IAsyncFileSystem output, string path, string scratchPath, string etag, RunRecord record, FoundRecord found)
    {
        (_output, _path, _scratchPath, _etag, Record) = (output, path, scratchPath, etag, record);
        (Previous, Leftovers) = (found.Record, found.Leftovers);
    }

    /// <summary>The record as this claim last wrote it.</summary>
    public RunRecord Record { get; private set; }

    /// <summary>The record that this claim took the place of; null when there was none.</summary>
    public RunRecord? Previous { get; }

    /// <summary>
    /// The files that earlier runs have left in the folder; null when one of them did not come to its end, so that
    /// nobody knows.
    /// </summary>
    public IReadOnlyList<string>? Leftovers { get; }

    /// <summary>Claims the folder, or says why not. Costs one GET and one PUT when nobody races.</summary>
    public static async Task<ClaimAttempt> AcquireAsync(
        IAsyncFileSystem output, string folder, string scratchPath,
        DroppedObject drop, RunRecord record, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = folder + "/" + RunRecordFile.Name;
        var replaced = FoundRecord.None;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var found = attempt == 0
                ? await ReadIfAllowedAsync(output, path, scratchPath, cancellationToken).ConfigureAwait(false)
                : await ReadAsync(output, path, scratchPath, cancellationToken).ConfigureAwait(false);
            if (found.Record?.RunId == record.RunId)
                return new ClaimAttempt.Held(new(output, path, scratchPath, found.ETag!, record, replaced));

            var verdict = ClaimRules.Decide(found.Record, drop, record.RequestId, time.GetUtcNow());
            if (verdict != ClaimVerdict.Take) return new ClaimAttempt.Declined(verdict, found.Record);

            replaced = found;
            // A direct call has no sequencer; that of the same object is kept, or a late copy of its event would seem newer.
            if (record.Sequencer is null && found.Record is { Sequencer: { } known } earlier && ClaimRules.IsOf(earlier, drop))
                record = record with { Sequencer = known };
            record = record with { Missing = found.Record?.Missing ?? [] }; // its notes still lie there (WaitingModels)
            var written = await TryWriteAsync(output, path, record, found.ETag, cancellationToken).ConfigureAwait(false);
            if (written is not null) return new ClaimAttempt.Held(new(output, path, scratchPath, written, record, found));
        }
        return new ClaimAttempt.Declined(ClaimVerdict.Later, null);
    }

    /// <summary>Writes the record if the claim still holds; false when another run has taken over.</summary>
    public async Task<bool> TryUpdateAsync(RunRecord record, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try { return await UpdateAsync(record, cancellationToken).ConfigureAwait(false); }
        finally { _oneAtATime.Release(); }
    }

    /// <summary>Puts the end of the lease further off; false when another run has taken over. What has ended is left as it is.</summary>
    public async Task<bool> TryRenewAsync(DateTimeOffset expires, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try { return Record.Status != RunStatus.Running
            || await UpdateAsync(Record with { ExpiresAt = expires }, cancellationToken).ConfigureAwait(false); }
        finally { _oneAtATime.Release(); }
    }

    private async Task<bool> UpdateAsync(RunRecord record, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var written = await TryWriteAsync(_output, _path, record, _etag, cancellationToken).ConfigureAwait(false);
            if (written is null)
            {
                // Another run's record, or ours whose answer was lost on the way.
                var found = await ReadAsync(_output, _path, _scratchPath, cancellationToken).ConfigureAwait(false);
                if (found.Record is not { } existing || existing.RunId != record.RunId) return false;
                _etag = found.ETag!;
                // committed, and the answer was lost: never undone
                if (existing.Status != RunStatus.Running && record.Status == RunStatus.Running) return false;
                if (existing.Status != record.Status || existing.Phase != record.Phase || existing.ExpiresAt != record.ExpiresAt) continue;
            }
            else _etag = written;
            Record = record;
            return true;
        }
        return false;
    }

    /// <summary>Whether the record is still the one that this claim wrote. Costs one HEAD; a GET besides when it seems not.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if ((await _output.StatAsync(_path, cancellationToken).ConfigureAwait(false)).ETag == _etag) return true;
            // A renewal whose answer was lost has changed the ETag and nothing else.
            var found = await ReadAsync(_output, _path, _scratchPath, cancellationToken).ConfigureAwait(false);
            if (found.Record?.RunId != Record.RunId) return false;
            _etag = found.ETag!;
            return true;
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return false; }
        finally { _oneAtATime.Release(); }
    }

    private static async Task<string?> TryWriteAsync(
        IAsyncFileSystem output, string path, RunRecord record, string? etag, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(RunRecordFile.ToJson(record), writable: false);
        try
        {
            var options = new ResultMarks(record.Label, record.Tags).On(output) with
            {
                ContentType = "application/json", IfAbsent = etag is null, IfMatch = etag
            };
            return (await output.WriteAsync(path, content, options, cancellationToken).ConfigureAwait(false)).ETag;
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.PreconditionFailed or StorageErrorKind.Conflict
            || e.IsTransient
            || (e.Kind is StorageErrorKind.NotFound && etag is not null))
        {
            return null; // 412, 409, no answer, or 404 because the record that If-Match names has gone: the record tells which
        }
    }

    /// <summary>
    /// A role that may not list is denied what is not there. The write finds out: it is made only where there is nothing.
    /// </summary>
    private static async Task<FoundRecord> ReadIfAllowedAsync(
        IAsyncFileSystem output, string path, string scratchPath, CancellationToken cancellationToken)
    {
        try { return await ReadAsync(output, path, scratchPath, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return FoundRecord.None; }
    }

    // DownloadAsync is the one call that brings content and ETag in a single request.
    private static async Task<FoundRecord> ReadAsync(
        IAsyncFileSystem output, string path, string scratchPath, CancellationToken cancellationToken)
    {
        var entry = await output.DownloadOrNullAsync(path, scratchPath, cancellationToken).ConfigureAwait(false);
        if (entry is null) return FoundRecord.None;
        var json = await File.ReadAllBytesAsync(scratchPath, cancellationToken).ConfigureAwait(false);
        return new(RunRecordFile.FromJson(json), entry.ETag);
    }

    /// <summary>What lies at the record's path; an ETag without a record is something that cannot be read.</summary>
    private sealed record FoundRecord(RunRecord? Record, string? ETag)
    {
        public static FoundRecord None { get; } = new(null, null);

        public IReadOnlyList<string>? Leftovers => this switch
        {
            { ETag: null } => [],
            { Record: { Status: not RunStatus.Running, Reason: not RunReason.GaveUp } ended } => [.. ended.Files.Select(file => file.Path)],
            _ => null,
        };
    }
}
