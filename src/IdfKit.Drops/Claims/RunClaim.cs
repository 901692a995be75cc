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
        (Previous, IsFirst) = (found.Record, found.ETag is null);
    }

    /// <summary>The record as this claim last wrote it.</summary>
    public RunRecord Record { get; private set; }

    /// <summary>The record that this claim took the place of; null when there was none that can be read.</summary>
    public RunRecord? Previous { get; }

    /// <summary>Whether nothing lay at the record's place, so that no run has written to the folder.</summary>
    public bool IsFirst { get; }

    /// <summary>Whether the run before did not come to its end: nobody knows what it left, nor whether it is really dead.</summary>
    public bool FollowsUnended =>
        !IsFirst && Previous is null or { Status: RunStatus.Running } or { Reason: RunReason.GaveUp };

    /// <summary>Claims the folder, or says why not. Costs one GET and one PUT when nobody races.</summary>
    /// <exception cref="StorageException">The record cannot be read or written.</exception>
    public static async Task<ClaimAttempt> AcquireAsync(
        IAsyncFileSystem output, string folder, string scratchPath,
        IClaimRule rule, RunRecord record, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = folder + "/" + RunRecordFile.Name;
        var replaced = FoundRecord.None;
        string? earliest = null;
        for (var attempt = 1; ; attempt++)
        {
            var found = attempt == 1
                ? await ReadIfAllowedAsync(output, path, scratchPath, cancellationToken).ConfigureAwait(false)
                : await ReadAsync(output, path, scratchPath, cancellationToken).ConfigureAwait(false);
            if (found.Record?.RunId == record.RunId)
                return new ClaimAttempt.Held(new(output, path, scratchPath, found.ETag!, record, replaced));

            // One of the same request that has come since is a later attempt: its sender thinks this one dead.
            if (attempt == 1) earliest = found.Record?.RunId;
            var requestId = found.Record?.RunId == earliest ? record.RequestId : null;
            var verdict = rule.Decide(found.Record, requestId, time.GetUtcNow());
            if (verdict != ClaimVerdict.Take) return new ClaimAttempt.Declined(verdict, found.Record);

            var wasStill = attempt > 1 && found.ETag == replaced.ETag;
            replaced = found;
            record = rule.After(record, found.Record);
            try
            {
                var written = await WriteAsync(output, path, record, found.ETag, cancellationToken).ConfigureAwait(false);
                return new ClaimAttempt.Held(new(output, path, scratchPath, written, record, found));
            }
            catch (StorageException e) when (MayHaveLost(e, found.ETag))
            {
                if (attempt == Attempts) throw Unwritten(path, e, wasStill);
            }
        }
    }

    /// <summary>
    /// The claim of a run that was broken off before it heard whether it holds one; null when it holds none, or that cannot be told.
    /// </summary>
    public static async Task<RunClaim?> FindOrNullAsync(
        IAsyncFileSystem output, string folder, string scratchPath, string runId, CancellationToken cancellationToken)
    {
        var path = folder + "/" + RunRecordFile.Name;
        try
        {
            var found = await ReadAsync(output, path, scratchPath, cancellationToken).ConfigureAwait(false);
            if (found.Record is not { } record || record.RunId != runId) return null;
            return new(output, path, scratchPath, found.ETag!, record, FoundRecord.None);
        }
        // the lease ends by itself
        catch (Exception e) when (e is StorageException or OperationCanceledException) { return null; }
    }

    /// <summary>Writes the record if the claim still holds; false when another run has taken over.</summary>
    /// <exception cref="StorageException">It cannot be written, though no other run has taken over: its event must come again.</exception>
    public async Task<bool> TryUpdateAsync(RunRecord record, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try { return await UpdateAsync(record, cancellationToken).ConfigureAwait(false); }
        finally { _oneAtATime.Release(); }
    }

    /// <summary>Puts the end of the lease further off; false when another run has taken over. What has ended is left as it is.</summary>
    /// <exception cref="StorageException">It cannot be written, though no other run has taken over.</exception>
    public async Task<bool> TryRenewAsync(DateTimeOffset expires, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try { return Record.Status != RunStatus.Running
            || await UpdateAsync(Record with { ExpiresAt = expires }, cancellationToken).ConfigureAwait(false); }
        finally { _oneAtATime.Release(); }
    }

    private async Task<bool> UpdateAsync(RunRecord record, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            StorageException failure;
            try
            {
                _etag = await WriteAsync(_output, _path, record, _etag, cancellationToken).ConfigureAwait(false);
                Record = record;
                return true;
            }
            catch (StorageException e) when (MayHaveLost(e, _etag)) { failure = e; }

            // Another run's record, or ours whose answer was lost on the way.
            var found = await ReadAsync(_output, _path, _scratchPath, cancellationToken).ConfigureAwait(false);
            if (found.Record is { } other && other.RunId != record.RunId) return false;
            if (found.Record is not { } ours) throw Gone(failure);
            // committed, and the answer was lost: never undone
            if (ours.Status != RunStatus.Running && record.Status == RunStatus.Running) return false;
            var wasStill = found.ETag == _etag;
            _etag = found.ETag!;
            if (ours.Status == record.Status && ours.Phase == record.Phase && ours.ExpiresAt == record.ExpiresAt)
            {
                Record = record;
                return true;
            }
            if (attempt == Attempts) throw Unwritten(_path, failure, wasStill);
        }
    }

    /// <summary>
    /// Whether no other run has taken over. Costs one HEAD; a GET besides when it seems so. A record that has gone belongs to
    /// nobody: the next write under this claim tells of it.
    /// </summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if ((await _output.StatAsync(_path, cancellationToken).ConfigureAwait(false)).ETag == _etag) return true;
            // A renewal whose answer was lost has changed the ETag and nothing else.
            var found = await ReadAsync(_output, _path, _scratchPath, cancellationToken).ConfigureAwait(false);
            if (found.Record is { } other && other.RunId != Record.RunId) return false;
            _etag = found.ETag ?? _etag;
            return true;
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return true; }
        finally { _oneAtATime.Release(); }
    }

    /// <summary>The record that lies there now, of whichever run; null when there is none that can be read.</summary>
    public async Task<RunRecord?> CurrentAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try { return (await ReadAsync(_output, _path, _scratchPath, cancellationToken).ConfigureAwait(false)).Record; }
        finally { _oneAtATime.Release(); }
    }

    private static async Task<string> WriteAsync(
        IAsyncFileSystem output, string path, RunRecord record, string? etag, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(RunRecordFile.ToJson(record), writable: false);
        var options = new ResultMarks(record.Label, record.Tags).On(output) with
        {
            ContentType = "application/json", IfAbsent = etag is null, IfMatch = etag
        };
        return (await output.WriteAsync(path, content, options, cancellationToken).ConfigureAwait(false)).ETag!;
    }

    // 412, 409, no answer, no room (of which there may be some again), or 404 because the record that If-Match names has gone: the
    // record tells which.
    private static bool MayHaveLost(StorageException failure, string? ifMatch) => failure.IsTransient
        || failure.Kind is StorageErrorKind.PreconditionFailed or StorageErrorKind.Conflict or StorageErrorKind.OutOfSpace
        || (failure.Kind is StorageErrorKind.NotFound && ifMatch is not null);

    private StorageException Gone(StorageException failure) =>
        new(failure.Kind, failure.Operation, failure.Path, DropSentences.RecordGone(_path), isTransient: true, failure);

    /// <param name="path">Of the record.</param>
    /// <param name="failure">The last one.</param>
    /// <param name="wasStill">Whether just what the condition named lay there, before and after.</param>
    private static StorageException Unwritten(string path, StorageException failure, bool wasStill)
    {
        var isRefused = wasStill && failure.Kind == StorageErrorKind.PreconditionFailed;
        var sentence = isRefused
            ? DropSentences.ConditionsRefused(path)
            : DropSentences.RecordNotWritten(path, Attempts, failure.Message);
        return new(failure.Kind, failure.Operation, failure.Path, sentence, isTransient: true, failure);
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
    }
}
