using IdfKit.Cli.Places;
using IdfKit.Runs;

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
        var (runs, asked) = (new Dictionary<string, WatchedRun>(StringComparer.Ordinal), 0);
        foreach (var row in _table!.Rows)
        {
            if (options.Only?.ContainsKey(row.Folder) == false) continue;
            var status = row.Status;
            var isPutSince = await IsPutSinceAsync(row, cancellationToken);
            if (isPutSince) status = WatchedRun.Waiting;
            else if (status == WatchedRun.Running && asked++ < MostDetails && await IsOverAsync(row, cancellationToken))
                status = WatchedRun.Interrupted;
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

    /// <summary>Whether the model was put again after the run began of which the record tells.</summary>
    private async Task<bool> IsPutSinceAsync(RunRow row, CancellationToken cancellationToken)
    {
        if (options.Only?.GetValueOrDefault(row.Folder) is { } before && before == row["run_id"] as string) return true;
        if (!_models.ByFolder.TryGetValue(row.Folder, out var model) || row["started_at"] is not DateTimeOffset started) return false;
        if (model.Modified is not { } put || put <= started) return false;
        if (place.LocalRoot is not null) return true; // by the same clock
        // By two clocks that only seems so: the record says of which object it tells.
        return await _details.OfAsync(row, cancellationToken) is not { ModelModified: { } ran } || Seconds(put) > Seconds(ran);
    }

    private async Task<bool> IsOverAsync(RunRow row, CancellationToken cancellationToken) =>
        await _details.OfAsync(row, cancellationToken) is { ExpiresAt: { } end } && end < time.GetUtcNow();

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
