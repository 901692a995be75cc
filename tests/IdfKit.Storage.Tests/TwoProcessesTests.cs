using System.Diagnostics;
using System.Globalization;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.Tests;

/// <summary>Conditions on local disk hold between processes: this one and copies of it.</summary>
public sealed class TwoProcessesTests
{
    private const string FolderVariable = "IDFKIT_TEST_COUNTER_FOLDER";
    private const int Rounds = 150;

    [Fact, Rule("I4")]
    public async Task Counters_of_three_processes_lose_no_step()
    {
        using var folder = new TemporaryFolder();
        new LocalFileSystem(folder.Path).WriteText("counter", "0");
        var others = new[] { StartOther(folder.Path), StartOther(folder.Path) };
        Count(folder.Path);
        foreach (var other in others)
        {
            var output = await other.StandardOutput.ReadToEndAsync();
            await other.WaitForExitAsync();
            Assert.True(other.ExitCode == 0, output);
            other.Dispose();
        }
        Assert.Equal($"{3 * Rounds}", await File.ReadAllTextAsync(folder["counter"]));
        Assert.Equal(3 * Rounds, Directory.GetFiles(folder["claims"]).Length);
    }

    [Fact(Explicit = true)]
    public void Other_process_counts() => Count(Environment.GetEnvironmentVariable(FolderVariable)!);

    private static void Count(string folder)
    {
        var fs = new LocalFileSystem(folder);
        for (var won = 0; won < Rounds;)
        {
            var seen = fs.Stat("counter");
            var next = int.Parse(fs.ReadText("counter"), CultureInfo.InvariantCulture) + 1;
            try
            {
                fs.Write("counter", new MemoryStream(System.Text.Encoding.ASCII.GetBytes($"{next}")), new WriteOptions { IfMatch = seen.ETag });
                fs.Write($"claims/{next}", new MemoryStream(), new WriteOptions { IfAbsent = true });
                won++;
            }
            catch (StorageException lost) when (lost is { Kind: StorageErrorKind.PreconditionFailed, Path: "counter" })
            {
                Thread.Yield();
            }
        }
    }

    private static Process StartOther(string folder)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "IdfKit.Storage.Tests"), ["-explicit", "only", "-method", $"*.{nameof(Other_process_counts)}"]) { RedirectStandardOutput = true };
        start.Environment[FolderVariable] = folder;
        return Process.Start(start)!;
    }
}
