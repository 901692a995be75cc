using System.Security.Cryptography;
using System.Text;

using IdfKit.Runs;
using IdfKit.Storage;

using RunBed;

using TestBed;

namespace IdfKit.Drops.Tests.TakenOver;

/// <summary>Models dropped for an EnergyPlus that a stranger has taken over, and what is then found in the bucket.</summary>
internal sealed class HostileBed : IAsyncDisposable
{
    public const string SecretText = "s3cr3t of another run";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _outside = new();

    /// <param name="confine">Whether EnergyPlus is confined. Where it is not, what reads the results must hold alone.</param>
    /// <param name="workDirectory">Where runs are staged; null: in a folder of the bed's own.</param>
    public HostileBed(bool confine, string? workDirectory = null)
    {
        File.WriteAllText(Secret, SecretText);
        Pipeline = PipelineBed.Hostile(confine, workDirectory);
    }

    public PipelineBed Pipeline { get; }

    /// <summary>A file of somebody else, which the function's user may read and write.</summary>
    public string Secret => _outside["secret"];

    /// <summary>Drops a model with these attacks.</summary>
    /// <returns>The record that lies in the bucket, which is final, and the one that this run committed.</returns>
    public async Task<RunRecord> RunAsync(string name, params string[] attacks)
    {
        var drop = await Pipeline.PutAsync($"inputs/{name}.idf", HostileEnergyPlus.Model(attacks));
        var results = await Pipeline.DeliverAsync(drop, LongestWait).WaitAsync(LongestWait, TestContext.Current.CancellationToken);
        var record = await Pipeline.RecordAsync(name);
        Assert.Equal(RunResultKind.Committed, Assert.Single(results).Kind);
        Assert.Equal(results[0].Record!.RunId, record.RunId);
        Assert.NotEqual(RunStatus.Running, record.Status);
        Assert.Equal($"inputs/{name}.idf", record.Input.Key);
        Assert.NotNull(record.FinishedAt);
        await AssertFilesAsync(name, record);
        Assert.Equal(SecretText, await File.ReadAllTextAsync(Secret));
        return record;
    }

    /// <summary>What came before does no harm to the model that comes after it.</summary>
    public async Task AssertNextRunsAsync()
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(Pipeline.WorkDirectory));
        var next = await RunAsync("next");
        Assert.Equal(RunStatus.Completed, next.Status);
        Assert.Contains("eplusout.end", next.Files.Select(file => file.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await Pipeline.DisposeAsync();
        _outside.Dispose();
    }

    /// <summary>The record lists what lies there, with the checksum of what lies there, and nothing lies there beside it.</summary>
    private async Task AssertFilesAsync(string name, RunRecord record)
    {
        var folder = $"outputs/{name}";
        var stored = new List<string>();
        await foreach (var path in Pipeline.Files.GlobAsync(folder, "**", CancellationToken.None)) stored.Add(path[(folder.Length + 1)..]);
        Assert.Equal(record.Files.Select(file => file.Path).Append("run.json").Order(), stored.Order());
        foreach (var file in record.Files)
        {
            var content = await Pipeline.Files.ReadBytesAsync($"{folder}/{file.Path}");
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(content)));
            Assert.DoesNotContain(SecretText, Encoding.UTF8.GetString(content), StringComparison.Ordinal);
        }
    }
}
