using IdfKit.Runs;
using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Simulation.Storing;

/// <summary>
/// Puts a run's results where the job wants them, its record last. Until that is written, a reader finds no record or one that says that
/// the run has not ended; what fails or is canceled before leaves nothing behind.
/// </summary>
internal sealed class ResultStore(StoredPlace place)
{
    private static readonly TimeSpan LongestUndo = TimeSpan.FromSeconds(30);
    private static readonly WriteOptions RecordOptions = new() { ContentType = "application/json" };

    private StoredResults? _earlier;

    /// <summary>Whether exactly these results lie there already. Costs one GET, and one listing when the record is the same.</summary>
    public async Task<bool> HoldsAsync(RunRecord record, CancellationToken cancellationToken)
    {
        _earlier ??= await StoredResults.ReadAsync(place, cancellationToken).ConfigureAwait(false);
        if (!_earlier.HasRecord(RunRecordFile.ToJson(record))) return false;
        await _earlier.ListAsync(cancellationToken).ConfigureAwait(false);
        return record.Files.All(_earlier.Has);
    }

    /// <summary>Stores <paramref name="files"/>; on local disk they are moved.</summary>
    /// <param name="running">The record of the run before its end.</param>
    /// <param name="files">The run's files on local disk.</param>
    /// <param name="changed">Is told which of them could not be stored as they were found.</param>
    /// <param name="finish">The record with its files, made when they are there.</param>
    /// <param name="cancellationToken">Leaves nothing behind.</param>
    public async Task<RunRecord> StoreAsync(
        RunRecord running, IReadOnlyList<ResultFile> files, LeftBehind changed,
        Func<IReadOnlyList<RunFile>, RunRecord> finish, CancellationToken cancellationToken)
    {
        _earlier ??= await StoredResults.ReadAsync(place, cancellationToken).ConfigureAwait(false);
        RunRecord record;
        try
        {
            record = finish(place.LocalPath is { } folder
                ? await MoveAsync(files, changed, folder, cancellationToken).ConfigureAwait(false)
                : await UploadAsync(running, files, changed, cancellationToken).ConfigureAwait(false));
            await WriteAsync(record, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await UndoAsync(files).ConfigureAwait(false);
            throw;
        }
        await RemoveStaleAsync(record, CancellationToken.None).ConfigureAwait(false); // the run is committed: too late to cancel it
        return record;
    }

    private async Task<IReadOnlyList<RunFile>> UploadAsync(
        RunRecord running, IReadOnlyList<ResultFile> files, LeftBehind changed, CancellationToken cancellationToken)
    {
        if (_earlier!.Record is not null) await _earlier.ListAsync(cancellationToken).ConfigureAwait(false);
        await WriteAsync(
            running with { Status = RunStatus.Running, Phase = RunPhase.Uploading, FinishedAt = null, Files = [] },
            cancellationToken).ConfigureAwait(false);
        return ResultUpload.ForRecord(await ResultUpload.UploadAsync(
            files, place.FileSystem, place.Path, changed,
            file => _earlier.Has(ResultUpload.ForRecord([file])[0]),
            ResultMarks.None, guard: null, cancellationToken).ConfigureAwait(false));
    }

    private async Task<IReadOnlyList<RunFile>> MoveAsync(
        IReadOnlyList<ResultFile> files, LeftBehind changed, string folder, CancellationToken cancellationToken)
    {
        using var hashed = HashedResults.Of(files, changed, cancellationToken);
        if (_earlier!.Record is not null) await RemoveAsync(RunRecordFile.Name, cancellationToken).ConfigureAwait(false);
        var moved = new List<UploadedFile>();
        foreach (var (content, sha256) in hashed.Files)
        {
            var target = Path.Combine(folder, content.File.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(content.File.LocalPath, target, overwrite: true); // on the same disk: no second copy
            if (content.LiesAt(target))
            {
                moved.Add(new(content.File, sha256));
                continue;
            }
            changed.Add(LeftKind.Changed, content.File.Path);
            File.Delete(target);
        }
        return ResultUpload.ForRecord(moved);
    }

    private async Task WriteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(RunRecordFile.ToJson(record), writable: false);
        await place.FileSystem.WriteAsync(place.At(RunRecordFile.Name), content, RecordOptions, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What only the earlier run had would be taken for this one's.</summary>
    private async Task RemoveStaleAsync(RunRecord record, CancellationToken cancellationToken)
    {
        var kept = record.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var stale in _earlier!.Record?.Files.Where(file => !kept.Contains(file.Path)) ?? [])
            await RemoveAsync(stale.Path, cancellationToken).ConfigureAwait(false);
    }

    private async Task UndoAsync(IReadOnlyList<ResultFile> files)
    {
        using var limit = new CancellationTokenSource(LongestUndo);
        try
        {
            foreach (var name in files.Select(file => file.Path).Prepend(RunRecordFile.Name))
                await RemoveAsync(name, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StorageException or OperationCanceledException) { return; } // what led here is the error to tell
    }

    private Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        place.FileSystem.RemoveIfThereAsync(place.At(name), cancellationToken);
}
