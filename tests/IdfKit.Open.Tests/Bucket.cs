using System.Security.Cryptography;
using System.Text;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

using TestBed;

namespace IdfKit.Open.Tests;

/// <summary>A bucket, on this machine where nothing else is said, with models and what the function writes of their runs.</summary>
public sealed class Bucket : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Bucket()
    {
        Directory.CreateDirectory(_folder["inputs"]);
        Files = new AsyncLocalFileSystem(_folder.Path);
    }

    /// <summary>One that lies elsewhere.</summary>
    internal Bucket(IAsyncFileSystem files) => Files = files;

    public string Path => _folder.Path;

    internal IAsyncFileSystem Files { get; }

    /// <summary>A model and its run, which has ended.</summary>
    internal async Task EndAsync(
        string name, RunStatus status = RunStatus.Completed, string? reason = null, string? message = null, double? eui = null,
        string model = "Version,25.2;\nBuilding,B;\n", string? report = null)
    {
        var key = $"inputs/{name}.idf";
        await Files.WriteBytesAsync(key, Encoding.UTF8.GetBytes(model));
        // Models are put before they run; times in records are of whole seconds.
        if (File.Exists(_folder[key])) File.SetLastWriteTimeUtc(_folder[key], TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1));
        var entry = await Files.StatAsync(key);
        var page = Encoding.UTF8.GetBytes(report ?? "<!doctype html><title>r</title><p>Report of the run</p>");
        var said = Encoding.UTF8.GetBytes("** Warning ** of EnergyPlus\n");
        await WriteAsync(name, new()
        {
            RunId = Guid.NewGuid().ToString("N"), Status = status, Reason = reason, Message = message,
            Input = new("local", key) { ETag = entry.ETag, SizeBytes = entry.SizeBytes, LastModified = entry.Modified },
            StartedAt = TimeProvider.System.GetUtcNow(), FinishedAt = TimeProvider.System.GetUtcNow(),
            Summary = eui is null ? null : new EnergySummary { SiteEuiMjM2 = eui * 3.6, SiteEnergyGj = eui, Warnings = 2 },
            Diagnostics = new(2, 0, 0, []), TimingsMs = new() { Simulate = 1500, Total = 2000 },
            Files = [FileOf("report.html", page), FileOf("eplusout.err", said)],
        });
        await Files.WriteBytesAsync($"outputs/{name}/report.html", page);
        await Files.WriteBytesAsync($"outputs/{name}/eplusout.err", said);
    }

    /// <summary>A run that is under way.</summary>
    internal Task BeginAsync(string name) => WriteAsync(name, new()
    {
        RunId = Guid.NewGuid().ToString("N"), Status = RunStatus.Running, Input = new("local", $"inputs/{name}.idf"),
        StartedAt = TimeProvider.System.GetUtcNow(), ExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(15),
        Phase = RunPhase.Simulating,
    });

    internal Task WriteAsync(string name, RunRecord record) =>
        Files.WriteBytesAsync($"outputs/{name}/run.json", RunRecordFile.ToJson(record));

    public async ValueTask DisposeAsync()
    {
        await Files.DisposeAsync();
        _folder.Dispose();
    }

    private static RunFile FileOf(string path, byte[] content) =>
        new(path, content.Length, "text/html", Convert.ToHexStringLower(SHA256.HashData(content)));
}
