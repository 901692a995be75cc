using IdfKit.Cli.Places;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Watch;

/// <summary>
/// Looks at a place again and again: one listing of the results each time, the records that have changed since, and how far a few of the
/// running ones are.
/// </summary>
internal sealed class WatchLook(Place place, string folder, WatchOptions options, TimeProvider time)
{
    private const int MostProgress = 8, MostDetails = 64, Concurrency = 8, RunsBetweenCollections = 256;

    private readonly DroppedModels _models = new(place, time);
    private readonly RecordDetails _details = new(place, folder);
    private RunTable? _table;

    /// <summary>Why runs failed, by cause, as the last look saw it.</summary>
    public IReadOnlyList<RunFailure> Failures => _table?.Failures ?? [];

    /// <summary>All runs as the last look saw them; null: there was none.</summary>
    public RunTable? Table => _table;

    public Task<WatchState> LookAsync(CancellationToken cancellationToken) => LookAsync(listsModels: false, cancellationToken);

    /// <param name="listsModels">Whether models are looked for even where that was done a moment ago: some have been put.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<WatchState> LookAsync(bool listsModels, CancellationToken cancellationToken)
    {
        place.MustBeThere();
        try
        {
            var state = await SeenAsync(listsModels, cancellationToken);
            place.MustBeThere(); // a listing of what has gone meanwhile is empty
            return state;
        }
        catch (StorageException)
        {
            place.MustBeThere();
            throw;
        }
    }

    private async Task<WatchState> SeenAsync(bool listsModels, CancellationToken cancellationToken)
    {
        var isFresh = await _models.LookAsync(folder, listsModels, cancellationToken);
        _table = await RunTable.CollectAsync(
            folder, place.Files, _table, new() { Concurrency = Concurrency }, new SmallHeap(), cancellationToken);
        var state = await StateAsync(cancellationToken);
        // Before the end is said, whether something has come meanwhile.
        if (state.Open > 0 || isFresh || !await _models.LookAsync(folder, isForced: true, cancellationToken)) return state;
        return await StateAsync(cancellationToken);
    }

    private async Task<WatchState> StateAsync(CancellationToken cancellationToken)
    {
        var rows = _table!.Rows.Where(row => options.Only?.ContainsKey(row.Folder) != false).ToList();
        _details.KeepOnly(_table.Rows);
        await _details.ReadAsync(Unclear(rows), cancellationToken);
        var runs = new Dictionary<string, WatchedRun>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var status = row.Status;
            if (IsPutSince(row)) status = WatchedRun.Waiting;
            else if (status == WatchedRun.Running && IsOver(row)) status = WatchedRun.Interrupted;
            runs[row.Folder] = Of(row, status);
        }
        foreach (var (results, model) in _models.ByFolder)
            if (options.Only?.ContainsKey(results) != false)
                runs.TryAdd(results, new(place.NameOf(model.Key), results, WatchedRun.Waiting));
        foreach (var results in options.Only?.Keys ?? []) runs.TryAdd(results, new(results, results, WatchedRun.Waiting));
        return new(runs, await ProgressAsync(runs, cancellationToken));
    }

    private WatchedRun Of(RunRow row, string status)
    {
        var key = _models.ByFolder.TryGetValue(row.Folder, out var model) ? model.Key : row["model_key"] as string;
        var isKnown = status != WatchedRun.Waiting;
        return new(key is null ? row.Folder : place.NameOf(key), row.Folder, status)
        {
            RunId = row["run_id"] as string,
            Reason = isKnown ? row["reason"] as string : null,
            Message = isKnown ? row.Message : null,
            Seconds = isKnown ? (row["timings_ms_total"] as long?) / 1000.0 : null,
            SiteEuiKwhM2 = isKnown ? row["site_eui_kwh_m2"] as double? : null,
        };
    }

    /// <summary>The runs of which the table does not tell enough; of those that run only so many that are not known yet.</summary>
    private IEnumerable<RunRow> Unclear(List<RunRow> rows)
    {
        var asked = 0;
        return rows.Where(row => SeemsPutSince(row)
            || row.Status == WatchedRun.Running && !_details.IsKnown(row) && asked++ < MostDetails);
    }

    /// <summary>Whether the model was put again after the run began of which the record tells.</summary>
    private bool IsPutSince(RunRow row)
    {
        if (options.Only?.GetValueOrDefault(row.Folder) is { } before && before == row["run_id"] as string) return true;
        if (!SeemsPutSince(row)) return false;
        // By two clocks that only seems so: the record says of which object it tells.
        return _details.Known(row)?.ModelModified is not { } ran || Seconds(_models.ByFolder[row.Folder].Modified!.Value) > Seconds(ran);
    }

    private bool SeemsPutSince(RunRow row) => _models.ByFolder.TryGetValue(row.Folder, out var model)
        && row["started_at"] is DateTimeOffset started && model.Modified > started;

    private bool IsOver(RunRow row) => _details.Known(row)?.ExpiresAt is { } end && end < time.GetUtcNow();

    private async Task<Dictionary<string, RunProgress>> ProgressAsync(
        Dictionary<string, WatchedRun> runs, CancellationToken cancellationToken)
    {
        var progress = new Dictionary<string, RunProgress>(StringComparer.Ordinal);
        var running = _table!.Rows.Where(row => runs.TryGetValue(row.Folder, out var run) && run.Status == WatchedRun.Running);
        foreach (var row in running.Take(MostProgress))
            if (await _details.ProgressAsync(row, cancellationToken) is { } far) progress[row.Folder] = far;
        return progress;
    }

    private static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();

    /// <summary>What was read of records is of no use once it is a row: it goes before there is much of it.</summary>
    private sealed class SmallHeap : IProgress<RunTableProgress>
    {
        private int _read;

        public void Report(RunTableProgress value)
        {
            if (value.Done / RunsBetweenCollections == _read) return;
            _read = value.Done / RunsBetweenCollections;
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
        }
    }
}
