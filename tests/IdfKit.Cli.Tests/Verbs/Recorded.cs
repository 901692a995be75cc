using System.Security.Cryptography;
using System.Text;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary>Writes what the function writes of a run.</summary>
internal static class Recorded
{
    public const string Model = "Version,25.2;\nBuilding,B;\n";

    /// <summary>A run that has ended, with a file or two.</summary>
    public static async Task<RunRecord> EndAsync(
        IAsyncFileSystem files, string key, RunStatus status, string? reason = null, string? message = null, double? eui = null)
    {
        var folder = FolderOf(key);
        var entry = await files.ExistsAsync(key) ? await files.StatAsync(key) : null;
        var report = Encoding.UTF8.GetBytes($"<p>{key}</p>");
        await files.WriteBytesAsync(folder + "/report.html", report);
        var record = Begun(key, entry) with
        {
            Status = status,
            Reason = reason,
            Message = message,
            FinishedAt = TimeProvider.System.GetUtcNow(),
            Summary = eui is null ? null : new EnergySummary { SiteEuiMjM2 = eui * 3.6, SiteEnergyGj = eui, Warnings = 2 },
            Diagnostics = new(2, 0, 0, []),
            TimingsMs = new() { Simulate = 1500, Total = 2000 },
            Files = [FileOf("report.html", report)],
        };
        await WriteAsync(files, folder, record);
        return record;
    }

    /// <summary>A run that is under way.</summary>
    public static Task BeginAsync(IAsyncFileSystem files, string key, FileEntry? entry = null, DateTimeOffset? expires = null) =>
        WriteAsync(files, FolderOf(key), Begun(key, entry) with
        {
            ExpiresAt = expires ?? TimeProvider.System.GetUtcNow().AddMinutes(15), Phase = RunPhase.Simulating,
        });

    public static Task WriteAsync(IAsyncFileSystem files, string folder, RunRecord record) =>
        files.WriteBytesAsync(folder + "/run.json", RunRecordFile.ToJson(record));

    public static RunFile FileOf(string path, byte[] content) =>
        new(path, content.Length, "text/html", Convert.ToHexStringLower(SHA256.HashData(content)));

    public static string FolderOf(string key) => "outputs/" + key["inputs/".Length..^".idf".Length];

    private static RunRecord Begun(string key, FileEntry? entry) => new()
    {
        RunId = Guid.NewGuid().ToString("N"),
        Status = RunStatus.Running,
        Input = new("models", key) { ETag = entry?.ETag, SizeBytes = entry?.SizeBytes, LastModified = entry?.Modified },
        StartedAt = TimeProvider.System.GetUtcNow(),
    };
}
