using System.Collections.Concurrent;

using IdfKit.Cli.Places;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Watch;

/// <summary>What a table of runs does not tell of single ones: read where it matters, and kept while the record stays the same.</summary>
internal sealed class RecordDetails(Place place, string folder)
{
    private const int Concurrency = 8;

    private readonly ConcurrentDictionary<(string Run, string? ETag), RunDetail?> _known = [];

    /// <summary>What the record of a run says besides; null when it has not been read, or cannot be.</summary>
    public RunDetail? Known(RunRow row) => _known.GetValueOrDefault((row.Folder, row.ETag));

    public bool IsKnown(RunRow row) => _known.ContainsKey((row.Folder, row.ETag));

    /// <summary>Reads the records of these runs, several at once, unless they are known.</summary>
    public Task ReadAsync(IEnumerable<RunRow> rows, CancellationToken cancellationToken)
    {
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(rows.Where(row => !IsKnown(row)), bound, async (row, token) =>
        {
            var json = await place.ReadSmallAsync(At(row.Folder, RunRecordFile.Name), token);
            var record = json is null ? null : RunRecordFile.FromJson(json);
            _known[(row.Folder, row.ETag)] = record is null ? null : new(record.RunId, record.ExpiresAt, record.Input.LastModified);
        });
    }

    /// <summary>Forgets what is of no run any more, or of an earlier record.</summary>
    public void KeepOnly(IEnumerable<RunRow> rows)
    {
        var present = rows.Select(row => (row.Folder, row.ETag)).ToHashSet();
        foreach (var name in _known.Keys.Where(name => name.ETag is null || !present.Contains(name))) _known.TryRemove(name, out _);
    }

    /// <summary>How far a run is; null when nothing tells.</summary>
    public async Task<RunProgress?> ProgressAsync(RunRow row, CancellationToken cancellationToken)
    {
        try
        {
            var json = await place.ReadSmallAsync(At(row.Folder, RunRecordFile.ProgressName), cancellationToken);
            var progress = json is null ? null : RunRecordFile.ProgressFromJson(json);
            return progress?.RunId == row["run_id"] as string ? progress : null;
        }
        catch (StorageException)
        {
            return null; // it is written anew just now, or may not be read: how far the run is remains unknown
        }
    }

    private string At(string run, string name) => StoragePath.Join(run.Length == 0 ? folder : StoragePath.Join(folder, run), name);
}

/// <summary>What a record says besides its row.</summary>
/// <param name="RunId">Of the run.</param>
/// <param name="ExpiresAt">When its claim ends; null once the run has ended.</param>
/// <param name="ModelModified">When the model was put that ran.</param>
internal sealed record RunDetail(string RunId, DateTimeOffset? ExpiresAt, DateTimeOffset? ModelModified);
