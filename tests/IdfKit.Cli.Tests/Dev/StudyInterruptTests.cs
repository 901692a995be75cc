using System.Text.RegularExpressions;

using IdfKit.Studies;

using TestBed;

namespace IdfKit.Cli.Tests;

/// <summary><c>idfkit dev</c> that is stopped while the rows of a study run, with the real function and the real EnergyPlus.</summary>
public sealed partial class StudyInterruptTests : IDisposable
{
    private const int Rows = 12;
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = new() { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus() };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stopped_it_says_how_many_rows_are_left_and_the_next_start_runs_just_those()
    {
        Directory.CreateDirectory(_folder["inputs"]);
        DesignDays.Write(_folder["inputs", "office.idf"]);
        // It is run by itself, too: before, so that it takes no row's place before the gate and is not interrupted with them.
        var (baseExitCode, alone) = await Tool.RunAsync(_variables, "dev", _folder.Path, "--until-idle");
        Assert.True(baseExitCode == 0, alone);
        var rows = string.Concat(Enumerable.Range(1, Rows).Select(row => $"r{row:00},{row}\n"));
        await File.WriteAllTextAsync(_folder["inputs", "office.study.csv"], "name,Building//North Axis\n" + rows, Token);
        using (var gated = new GatedEnergyPlus(passes: 1))
        await using (var dev = Tool.Start(gated.Variables, "dev", _folder.Path))
        {
            await dev.SaysAsync(Ended());
            await dev.SignalAsync("INT");
            Assert.Equal(0, await dev.ExitAsync());
            var said = NotBegun().Match(dev.Output);
            Assert.True(said.Success, dev.Output);
            Assert.InRange(int.Parse(said.Groups["rows"].Value), 1, Rows - 1);
        }
        var first = Runs();
        Assert.InRange(first.Count, 1, Rows - 1);

        var (exitCode, again) = await Tool.RunAsync(_variables, "dev", _folder.Path, "--until-idle");
        Assert.True(exitCode == 0, again);
        Assert.True(again.Contains("(1 interrupted): inputs/office.study.csv.", StringComparison.Ordinal), again);
        Assert.Contains($"{Rows - first.Count} completed.", again, StringComparison.Ordinal);
        var record = StudyRecordFile.FromJson(await File.ReadAllBytesAsync(_folder["outputs", "office.study", "study.json"], Token))!;
        Assert.Equal((StudyStatus.Collected, Rows), (record.Status, record.Counts["completed"]));
        var second = Runs();
        Assert.All(first, run => Assert.Equal(run.Value, second[run.Key]));
    }

    /// <summary>When each row ended that has, by its name.</summary>
    private Dictionary<string, DateTime> Runs() => Directory
        .GetFiles(_folder["outputs", "office.study", "runs"], "run.json", SearchOption.AllDirectories)
        .Where(file => File.ReadAllText(file).Contains("\"completed\"", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileName(Path.GetDirectoryName(file)!), File.GetLastWriteTimeUtc);

    [GeneratedRegex(@"completed +inputs/office\.study\.csv r\d\d")]
    private static partial Regex Ended();

    [GeneratedRegex(@"Stopped: .*\b(?<rows>\d+) rows? of inputs/office\.study\.csv had not begun\. Start idfkit dev again to run them\.")]
    private static partial Regex NotBegun();
}
