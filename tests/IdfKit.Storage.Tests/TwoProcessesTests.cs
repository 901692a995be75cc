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

    /// <summary>Run by the test above in the other processes, in their common folder; alone it counts in one of its own.</summary>
    [Fact, Rule("I2")]
    public void Counter_of_one_process_takes_every_step()
    {
        using var own = new TemporaryFolder();
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        if (folder is null) new LocalFileSystem(own.Path).WriteText("counter", "0");
        Count(folder ?? own.Path);
        Assert.True(int.Parse(new LocalFileSystem(folder ?? own.Path).ReadText("counter"), CultureInfo.InvariantCulture) >= Rounds);
    }

    private static void Count(string folder)
    {
        var fs = new LocalFileSystem(folder);
        for (var won = 0; won < Rounds;)
        {
            var seen = fs.Stat("counter");
            var next = int.Parse(fs.ReadText("counter"), CultureInfo.InvariantCulture) + 1;
            try
            {
                fs.Write("counter",
                    new MemoryStream(System.Text.Encoding.ASCII.GetBytes($"{next}")),
                    new WriteOptions { IfMatch = seen.ETag });
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
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "IdfKit.Storage.Tests"),
            ["-method", $"*.{nameof(Counter_of_one_process_takes_every_step)}"]) { RedirectStandardOutput = true };
        start.Environment[FolderVariable] = folder;
        return Process.Start(start)!;
    }
}
