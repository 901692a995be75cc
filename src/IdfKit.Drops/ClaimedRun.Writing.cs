using System.Text;

using IdfKit.Drops.Claims;
using IdfKit.Runs;
using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>What a claimed run writes and removes: fence, results, clean-up, commit.</summary>
internal sealed partial class ClaimedRun
{
    private const long LeastInParts = 5 << 20; // S3's least part
    private const long AlwaysTried = 1 << 30; // bytes: a process that stood still for a while loses no ordinary results

    private ClaimedFolder _folder = null!; // set with the claim, anew with the fence
    private bool _isUntouched; // no run has written to the folder, this one neither

    /// <summary>
    /// Looks what lies in the folder, then marks the claim as writing its results, so that nobody takes over from here on. In this
    /// order: that the claim holds afterwards is what proves that what was seen is of no later run.
    /// </summary>
    /// <exception cref="ClaimLostException">Another run has taken over already.</exception>
    private async Task FenceAsync(CancellationToken cancellationToken)
    {
        _folder = Claimed();
        await _folder.LookAsync(cancellationToken).ConfigureAwait(false);
        await UpdateAsync(_claim.Record with { Phase = RunPhase.Uploading }, cancellationToken).ConfigureAwait(false);
        // A run that is thought dead may have begun some.
        if (_claim.FollowsUnended) await EndUploadsAsync(cancellationToken).ConfigureAwait(false);
    }

    private ClaimedFolder Claimed() => new(results.Files, Folder, _claim, _isUntouched, settings.ClaimGrace, time);

    private async Task UpdateAsync(RunRecord record, CancellationToken cancellationToken)
    {
        if (!await _claim.TryUpdateAsync(record, cancellationToken).ConfigureAwait(false)) throw new ClaimLostException();
    }

    private async Task<RunRecord> WriteLastAsync(RunRecord record, CancellationToken cancellationToken)
    {
        record = record with { Usage = _run.UsageOf(_counts, delivery.MemoryMegabytes) };
        await UpdateAsync(record, cancellationToken).ConfigureAwait(false);
        return record;
    }

    private async Task<RunRecord> EndUnstartedAsync(CancellationToken cancellationToken)
    {
        await FenceAsync(cancellationToken).ConfigureAwait(false);
        return await CommitAsync(await WritePageAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The page of a run without results. It is a courtesy: where it cannot be written the record still says what happened.
    /// </summary>
    private async Task<IReadOnlyList<RunFile>> WritePageAsync(CancellationToken cancellationToken)
    {
        _run.Workspace.Forget(RunRecordFile.ReportName); // of a run that could not store its results
        await _run.ReportAsync([], time.GetUtcNow(), delivery.MemoryMegabytes, cancellationToken).ConfigureAwait(false);
        var page = _run.Workspace.Made.Where(made => made.Path == RunRecordFile.ReportName).ToList();
        try { return ResultUpload.ForRecord(await WriteAsync(page, new LeftBehind(), cancellationToken).ConfigureAwait(false)); }
        catch (StorageException) { return []; }
    }

    /// <summary>Why it was rejected is told even where the record may not bear the tags of the job file.</summary>
    private async Task<RunRecord> EndRejectedAsync(CancellationToken cancellationToken)
    {
        try { return await EndUnstartedAsync(cancellationToken).ConfigureAwait(false); }
        catch (StorageException denied) when (denied.Kind == StorageErrorKind.AccessDenied && _run.Record.Tags.Count > 0)
        {
            _run.DropTags();
            return await EndUnstartedAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What goes ahead while EnergyPlus runs. Nothing does over a run that has not ended: the fence ends all uploads that it finds begun.
    /// </summary>
    private ResultsAhead SendAhead()
    {
        var least = _claim.FollowsUnended ? long.MaxValue : settings.AheadFrom;
        return new(_run.Workspace.Outputs, least, () => _run.Written(MostBytesOfName), (file, token) =>
        {
            var marks = new ResultMarks(_run.Record.Label, _run.Record.Tags);
            var options = marks.On(results.Files) with { ContentType = file.ContentType, ContentEncoding = file.ContentEncoding };
            return _folder.OpenAheadAsync(file.Path, options, token);
        }, time);
    }

    private int MostBytesOfName => StoragePath.MaxBytes - Encoding.UTF8.GetByteCount(Folder) - 1;

    private async Task<IReadOnlyList<UploadedFile>> UploadAsync(ResultsAhead ahead, CancellationToken cancellationToken)
    {
        var left = _run.Results(MostBytesOfName);
        var files = await new OtherFolders(results.Files, Folder).LeaveOutAsync(left, cancellationToken).ConfigureAwait(false);
        await ahead.EndedAsync(cancellationToken).ConfigureAwait(false);
        files = InTime(files, left.Behind);
        var uploaded = await WriteAsync(files, left.Behind, cancellationToken, ahead).ConfigureAwait(false);
        _run.Tell(left.Behind);
        await ahead.DisposeAsync().ConfigureAwait(false); // what is no result after all
        // One that was begun and not answered is done by the store after all, and nobody knows of it.
        if (!ahead.HasBegun && files.All(file => file.SizeBytes < LeastInParts)) return uploaded;
        await _folder.RequireHeldAsync(cancellationToken).ConfigureAwait(false); // else they are of the run that has taken over
        await EndUploadsAsync(cancellationToken).ConfigureAwait(false);
        return uploaded;
    }

    /// <summary>
    /// What can be stored before the deadline. EnergyPlus is stopped early enough for what it has written, so that this leaves out only
    /// what came after the last look: a file may be made as long as the disk in a moment, by a hole in it.
    /// </summary>
    private IReadOnlyList<ResultFile> InTime(IReadOnlyList<ResultFile> files, LeftBehind behind)
    {
        if (delivery.Deadline is not { } deadline) return files;
        var room = Math.Max(AlwaysTried, (deadline - time.GetUtcNow()).TotalSeconds * DeadlineWatch.BytesPerSecond);
        var kept = new List<ResultFile>();
        foreach (var file in files.OrderBy(file => file.SizeBytes))
        {
            room -= file.SizeBytes;
            if (room >= 0) kept.Add(file);
            else behind.Add(LeftKind.TooLate, file.Path);
        }
        return kept;
    }

    private async Task<IReadOnlyList<UploadedFile>> WriteAsync(
        IReadOnlyList<ResultFile> files, LeftBehind behind, CancellationToken cancellationToken, ResultsAhead? ahead = null)
    {
        var marks = new ResultMarks(_run.Record.Label, _run.Record.Tags);
        var uploaded = new List<UploadedFile>();
        var pending = files;
        await _folder.UntilWrittenAsync(async token =>
        {
            var round = ResultUpload.UploadAsync(
                pending, results.Files, Folder, behind, isThere: null, marks, _folder.TryWriteAsync, token, ahead);
            uploaded.AddRange(await round.ConfigureAwait(false));
            pending = [.. pending.Where(file => _folder.IsContested(file.Path))];
        }, cancellationToken).ConfigureAwait(false);
        _folder.Disown(files.Select(file => file.Path).Except(uploaded.Select(file => file.File.Path)));
        return [.. uploaded.OrderBy(file => file.File.Path, StringComparer.Ordinal)];
    }

    /// <summary>Notes first, so that none is forgotten; then leftovers go; the record last, and only if the claim still holds.</summary>
    private async Task<RunRecord> CommitAsync(IReadOnlyList<RunFile> files, CancellationToken cancellationToken)
    {
        var record = _run.Finish(files, time.GetUtcNow());
        await results.Waiting.AddAsync(record, cancellationToken).ConfigureAwait(false);
        if (_target.LeavesNotes && results.Unfinished is { } unfinished)
            await unfinished.AddAsync(record, cancellationToken).ConfigureAwait(false);
        // What only earlier runs have left would be taken for this one's. It goes while the fence keeps everybody else from writing.
        await _folder.RemoveOthersAsync(cancellationToken).ConfigureAwait(false);
        var companion = _target.Drop.Companion;
        await results.Waiting.RemoveAsync(_claim.Previous, record, keptFor: companion, cancellationToken).ConfigureAwait(false);
        record = await WriteLastAsync(record, cancellationToken).ConfigureAwait(false);

        // Until the commit this note is what brings the run back after a crash.
        if (companion is not null)
            await results.Waiting.RemoveAsync(_claim.Previous, record, keptFor: null, cancellationToken).ConfigureAwait(false);
        return record;
    }

    /// <summary>Results of which others were denied. What stays is found by the next run, which lists the folder.</summary>
    private async Task RemoveIfAllowedAsync(CancellationToken cancellationToken)
    {
        try { await _folder.RemoveOthersAsync(cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return; }
    }

    /// <summary>Uploads by parts that were begun and never ended: no listing shows them, and they cost money.</summary>
    private async Task EndUploadsAsync(CancellationToken cancellationToken)
    {
        try { await buckets.RemoveUnfinishedAsync(results.Bucket, Folder, cancellationToken).ConfigureAwait(false); }
        // a role of the owner's own: the bucket's lifecycle rule ends them
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return; }
    }

    private async Task RemoveProgressAsync(CancellationToken cancellationToken)
    {
        try { await results.Files.RemoveIfThereAsync(Folder + "/" + RunRecordFile.ProgressName, cancellationToken).ConfigureAwait(false); }
        // progress is a courtesy: no run is done again for it
        catch (StorageException e) when (e.IsTransient || e.Kind == StorageErrorKind.AccessDenied) { return; }
    }

    /// <summary>What this run wrote after it had lost its claim, as far as that can be told; no reader trusts it.</summary>
    private async Task UndoAsync(CancellationToken cancellationToken)
    {
        try { await _folder.UndoAsync(cancellationToken).ConfigureAwait(false); }
        catch (StorageException) { return; } // the next run of the model removes it
    }
}
