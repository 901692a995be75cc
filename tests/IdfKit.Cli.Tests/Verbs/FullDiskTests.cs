using System.Diagnostics;

using IdfKit.LocalCloud;
using IdfKit.Runs;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary>A disk without room is one sentence, and nothing half stays on it.</summary>
public sealed class FullDiskTests(RgwServer rgw, MotoServer moto) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private bool _isMounted;

    public void Dispose()
    {
        if (_isMounted) Run("umount", _folder["full"]);
        _folder.Dispose();
    }

    [Fact]
    public async Task Full_disk_is_a_sentence_and_nothing_half_stays()
    {
        Directory.CreateDirectory(_folder["full"]);
        Needs.That(Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _folder["full"]) == 0, Needs.RightToMount);
        _isMounted = true;
        Directory.CreateDirectory(_folder["full", "bucket", "inputs"]);
        File.WriteAllText(_folder["large.idf"], Recorded.Model + new string('!', 1_000_000));
        DesignDays.Write(_folder["days.idf"]);
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        var record = await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Completed);
        var large = new byte[1_000_000];
        await place.Files.WriteBytesAsync("outputs/a/eplusout.sql", large);
        await Recorded.WriteAsync(place.Files, "outputs/a", record with { Files = [Recorded.FileOf("eplusout.sql", large)] });
        await using var server = await LocalBucketServer.StartAsync(new() { Directory = _folder["full", "served"], BucketName = "local" });
        var (code, said) = await Tool.RunAsync(null, "submit", _folder["large.idf"], "--to", server.Endpoint.AbsoluteUri);
        Assert.True(code == 1, said);
        Assert.Contains("no space is left (InsufficientStorage, status 507)", said, StringComparison.Ordinal);
        foreach (var arguments in (string[][])
            [
                ["submit", _folder["large.idf"], "--to", _folder["full", "bucket"]],
                ["get", place.Name + "/outputs/a", "-o", _folder["full", "got"]],
                ["run", _folder["days.idf"], "-o", _folder["full", "out"]],
            ])
        {
            var variables = new Dictionary<string, string> { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus() };
            await using var tool = Tool.Start(variables, arguments);
            Assert.True(await tool.ExitAsync() == 1, tool.Output);
            var output = tool.Output;
            Assert.Matches("(?i)space|room", output);
            if (arguments[0] is not "run") Assert.Contains("The same command", output, StringComparison.Ordinal);
            if (arguments[0] is "get")
                Assert.EndsWith("had been fetched. The same command goes on when that is mended.", tool.Errors.TrimEnd(),
                    StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        }
        Assert.Empty(Directory.EnumerateFiles(_folder["full", "bucket"], "*", SearchOption.AllDirectories));
        if (Directory.Exists(_folder["full", "got"])) Assert.Empty(Directory.EnumerateFiles(_folder["full", "got"], "*"));
    }

    [Theory] // EnergyPlus cuts its files off, ends with 0 and says that it has completed
    [InlineData("3m", "no space is left")]
    [InlineData("6m", "Free space on the disk")]
    [InlineData("8m", "Free space on the disk")]
    public async Task Run_that_fills_a_nearly_full_disk_has_not_completed(string size, string sentence)
    {
        Directory.CreateDirectory(_folder["full"]);
        Needs.That(Run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", _folder["full"]) == 0, Needs.RightToMount);
        _isMounted = true;
        var outputs = "\nOutput:SQLite,SimpleAndTabular;\nOutput:Variable,*,Zone Mean Air Temperature,Timestep;\n"; // 6 MB with the weather
        File.WriteAllText(_folder["year.idf"], File.ReadAllText(Repository.PathOf("examples", "one-zone.idf")) + outputs);
        var (exitCode, said) = await Tool.RunAsync(
            new Dictionary<string, string> { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus() },
            "run", _folder["year.idf"], "--weather", Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"), "--annual",
            "-o", _folder["full", "out"]);
        Assert.True(exitCode == 1, said);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
