using System.Text.Json;

using IdfKit.Cli.Places;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Watch;

/// <summary>What a table of runs does not tell of single ones: read where it matters, and kept while the record stays the same.</summary>
internal sealed class RecordDetails(Place place, string folder)
{
    private readonly Dictionary<(string Run, string? ETag), RunDetail> _known = [];

    /// <summary>What the record of a run says besides; null when it cannot be read.</summary>
    public async Task<RunDetail?> OfAsync(RunRow row, CancellationToken cancellationToken)
    {
        var name = (row.Folder, row.ETag);
        if (row.ETag is not null && _known.TryGetValue(name, out var known)) return known;
        var json = await place.ReadAsync(At(row.Folder, RunRecordFile.Name), cancellationToken);
        if (json is null || RunRecordFile.FromJson(json) is not { } record) return null;
        return _known[name] = new(record.RunId, record.ExpiresAt, record.Input.LastModified);
    }

    /// <summary>How far a run is; null when nothing tells.</summary>
    public async Task<RunProgress?> ProgressAsync(RunRow row, CancellationToken cancellationToken)
    {
        try
        {
            var json = await place.ReadAsync(At(row.Folder, RunRecordFile.ProgressName), cancellationToken);
            var progress = json is null ? null : JsonSerializer.Deserialize(json, ProgressJson.Default.RunProgress);
            return progress?.RunId == row["run_id"] as string ? progress : null;
        }
        catch (Exception e) when (e is JsonException or StorageException)
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
