using System.Diagnostics;

using IdfKit.Engine;
using TestBed;

namespace IdfKit.Runs.Tests;

/// <summary>
/// Several installations of the real EnergyPlus: the same one in two folders, of which one says that it is another version.
/// </summary>
public sealed class EnginesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Only_the_version_that_was_used_last_keeps_hosts_warm()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        var (one, two) = (Copy("one", "25.2.0"), Copy("two", "24.2.0"));
        await using (var engines = new Engines([one, two], Options()))
        {
            engines.WarmUp();
            await WaitForHostsAsync((one, 1), (two, 0));

            var second = engines.RunnerFor(two);
            await WaitForHostsAsync((one, 0), (two, 1));
            Assert.Same(second, engines.RunnerFor(two));

            var run = await engines.RunnerFor(one).RunAsync(Request(), cancellationToken: Token);
            Assert.Equal(RunOutcome.Completed, run.Outcome);
            await WaitForHostsAsync((one, 1), (two, 0));

            // A run that was under way when another version was asked for leaves no host behind.
            run = await second.RunAsync(Request(), cancellationToken: Token);
            Assert.Equal(RunOutcome.Completed, run.Outcome);
            await WaitForHostsAsync((one, 1), (two, 0));
        }
        Assert.Equal((0, 0), (HostsOf(one), HostsOf(two)));
    }

    private static EngineOptions Options() => new() { EngineHostPath = Host(), WarmHosts = 1, KillGrace = TimeSpan.FromMilliseconds(200) };

    /// <summary>As the build made it, with its <c>.dll</c> beside it.</summary>
    private static string Host()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory); // bin/CONFIGURATION/FRAMEWORK
        return EngineHost.Find(Repository.PathOf("src", "IdfKit.Engine.Host", "bin", output.Parent!.Name, output.Name))!;
    }

    private EngineRequest Request() => new()
    {
        ModelPath = DesignDays.Write(_folder["model.idf"]),
        OutputDirectory = _folder["out", Guid.NewGuid().ToString("N")],
        DesignDay = true,
    };

    /// <summary>A folder of links, but for the dictionary, whose first line tells the version.</summary>
    private EnergyPlusInstallation Copy(string name, string version)
    {
        var folder = Directory.CreateDirectory(_folder[name]).FullName;
        foreach (var entry in Directory.EnumerateFileSystemEntries(RealParts.EnergyPlus()))
            if (Path.GetFileName(entry) != "Energy+.idd") File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(entry)), entry);
        File.WriteAllText(Path.Combine(folder, "Energy+.idd"), $"!IDD_Version {version}\n");
        return EnergyPlusInstallation.Find(folder);
    }

    private static async Task WaitForHostsAsync(params (EnergyPlusInstallation Of, int Count)[] expected)
    {
        var began = Stopwatch.GetTimestamp();
        while (expected.Any(wanted => HostsOf(wanted.Of) != wanted.Count))
        {
            Assert.True(
                Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(2),
                string.Join(", ", expected.Select(wanted => $"{HostsOf(wanted.Of)} of {wanted.Count} in {wanted.Of.Directory}")));
            await Task.Delay(20, Token);
        }
    }

    /// <summary>The processes of <c>idfkit-engine host … FOLDER</c> that have loaded, or are about to load, an installation.</summary>
    private static int HostsOf(EnergyPlusInstallation installation) =>
        Directory.EnumerateDirectories("/proc").Count(process => IsHostOf(process, installation.Directory));

    private static bool IsHostOf(string process, string folder)
    {
        try
        {
            var command = File.ReadAllText(Path.Combine(process, "cmdline")).TrimEnd('\0').Split('\0');
            return command.Length > 2 && command[1] == "host" && command[^1] == folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; } // it has just ended, or is no process
    }
}
