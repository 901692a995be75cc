using System.Text.Json;

using TestBed;

namespace IdfKit.Cli.Tests.Studies;

/// <summary><c>idfkit study run</c> and what goes with it, with the real EnergyPlus.</summary>
public sealed class RunStudyTests : IDisposable
{
    private const string OneBroken =
        "name,Construction/Outer wall/Outside Layer\nbrick,Brick\nnothing,Nothing of the kind\nconcrete,Concrete\n";

    private readonly StudyFolder _folder = new();

    private static CancellationToken Token => StudyFolder.Token;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_are_run_once_and_table_and_page_are_made()
    {
        _folder.WithRows(3);
        var (exitCode, output) = await StudyFolder.IdfKitAsync("run", _folder.Study);
        Assert.True(exitCode == 0, output);
        Assert.Contains("office.study.csv: 3 of 3 rows are run.", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^completed   r0\d  \(3 of 3\)\r?$", output);
        Assert.Contains("3 rows: 3 completed.", output, StringComparison.Ordinal);
        foreach (var file in (string[])["results.csv", "results.parquet", "index.html", "study.json"])
            Assert.True(File.Exists(_folder["office.study", file]), file);
        Assert.Contains($"Table: {_folder["office.study", "results.csv"]}, results.parquet", output, StringComparison.Ordinal);
        Assert.Contains($"Page:  {_folder["office.study", "index.html"]}", output, StringComparison.Ordinal);
        Assert.Equal(4, (await File.ReadAllLinesAsync(_folder["office.study", "results.csv"], Token)).Length);

        var runs = _folder.Runs();
        (exitCode, output) = await StudyFolder.IdfKitAsync("run", _folder.Study);
        Assert.Equal(0, exitCode);
        Assert.Contains("nothing is to be run", output, StringComparison.Ordinal);
        Assert.Equal(runs, _folder.Runs());

        _folder.With("name,Building//North Axis\nr01,1\nr02,200\nr03,3\n");
        await StudyFolder.SaysAsync("1 of 3 rows would run: r02.", "check", _folder.Study);
        await StudyFolder.SaysAsync("3 rows: 2 completed, 1 not run.", "collect", _folder.Study); // no figures of other values
        await StudyFolder.SaysAsync("3 rows: 2 completed, 1 not run.", "status", _folder["office.study"]);
        (_, output) = await StudyFolder.IdfKitAsync("run", _folder.Study);
        Assert.Contains("1 of 3 rows is run.", output, StringComparison.Ordinal);
        var again = _folder.Runs();
        Assert.Equal(["r02"], again.Where(run => run.Value != runs[run.Key]).Select(run => run.Key));
    }

    [Fact]
    public async Task Rows_that_fail_are_grouped_and_can_be_retried()
    {
        _folder.With(OneBroken);
        var (exitCode, output) = await StudyFolder.IdfKitAsync("run", _folder.Study, "--jobs", "1");
        Assert.Equal(1, exitCode);
        Assert.Contains("3 rows: 2 completed, 1 failed.", output, StringComparison.Ordinal);
        var failure = Assert.Single(output.Split('\n'), line => line.StartsWith("  1 row (", StringComparison.Ordinal));
        Assert.Contains("), nothing: ", failure, StringComparison.Ordinal);
        var reason = failure.Split('(', ')')[1];

        var before = _folder.Runs();
        var (status, said) = await StudyFolder.IdfKitAsync("status", _folder.Study);
        Assert.Equal(1, status);
        Assert.Contains(failure.Trim(), said, StringComparison.Ordinal);
        Assert.Equal((status, said), await StudyFolder.IdfKitAsync("status", _folder["office.study"]));

        (exitCode, output) = await StudyFolder.IdfKitAsync("retry", _folder.Study);
        Assert.Equal(1, exitCode);
        Assert.Contains("1 of 3 rows is run.", output, StringComparison.Ordinal);
        var after = _folder.Runs();
        Assert.Equal(["nothing"], Changed(before, after));
        (exitCode, output) = await StudyFolder.IdfKitAsync("retry", _folder.Study, "--reason", reason);
        Assert.Contains("1 of 3 rows is run.", output, StringComparison.Ordinal);
        (exitCode, output) = await StudyFolder.IdfKitAsync("retry", _folder.Study, "BRICK", "concrete");
        Assert.Contains("2 of 3 rows are run.", output, StringComparison.Ordinal);
        Assert.Equal(["brick", "concrete", "nothing"], Changed(before, _folder.Runs()));

        (exitCode, output) = await StudyFolder.IdfKitAsync("retry", _folder.Study, "--reason", "bad_weather");
        Assert.Equal(1, exitCode);
        Assert.Contains($"no row has ended with the reason 'bad_weather'; there are {reason}.", output, StringComparison.Ordinal);
        (exitCode, output) = await StudyFolder.IdfKitAsync("retry", _folder.Study, "brik");
        Assert.Equal(1, exitCode);
        Assert.Contains("the study has no row 'brik'", output, StringComparison.Ordinal);
        Assert.Equal(2, (await StudyFolder.IdfKitAsync("retry", _folder.Study, "brick", "--failed")).ExitCode);
    }

    [Theory]
    [InlineData("run", 1, "completed", 2)]
    [InlineData("retry", 1, "not_run", 3)]
    [InlineData("status", 0, "not_run", 3)]
    [InlineData("collect", 0, "not_run", 3)]
    public async Task Json_is_the_record_of_the_study_and_nothing_else(string command, int exitCode, string status, int rows)
    {
        _folder.With(OneBroken);
        await using var tool = Tool.Start(StudyFolder.Variables, "study", command, _folder.Study, "--json");
        Assert.Equal(exitCode, await tool.ExitAsync());
        using var record = JsonDocument.Parse(tool.Printed);
        Assert.Equal("idfkit.study/1", record.RootElement.GetProperty("schema").GetString());
        Assert.Equal(3, record.RootElement.GetProperty("rows").GetInt32());
        var count = record.RootElement.GetProperty("counts").TryGetProperty(status, out var number) ? number.GetInt32() : 0;
        Assert.Equal(rows, count);
        if (command == "run") Assert.Contains("3 of 3 rows are run.", tool.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Run_that_is_stopped_says_what_is_left_and_goes_on_later(string signal)
    {
        _folder.WithRows(10);
        Dictionary<string, DateTime> first;
        using (var gated = new GatedEnergyPlus(passes: 2))
        await using (var tool = Tool.Start(gated.Variables, "study", "run", _folder.Study, "--jobs", "1"))
        {
            await tool.SaysAsync("(2 of 10)");
            await tool.SignalAsync(signal);
            Assert.Equal(1, await tool.ExitAsync());
            Assert.Matches(@"stopped; [2-4] of 10 rows had ended, [6-8] are left\.", tool.Output);
            Assert.Contains($"type: idfkit study run {_folder.Study}", tool.Output, StringComparison.Ordinal);
            first = _folder.Runs();
        }
        Assert.InRange(first.Count, 2, 4);
        Assert.Empty(Directory.GetDirectories(_folder["office.study", "runs"], "idfkit-run-*", SearchOption.AllDirectories));
        var (_, said) = await StudyFolder.IdfKitAsync("status", _folder["office.study"]);
        Assert.Contains($"{first.Count} completed", said, StringComparison.Ordinal);
        Assert.Contains($"{10 - first.Count} not run", said, StringComparison.Ordinal);

        var (exitCode, output) = await StudyFolder.IdfKitAsync("run", _folder.Study);
        Assert.True(exitCode == 0, output);
        Assert.Contains($"{10 - first.Count} of 10 rows are run.", output, StringComparison.Ordinal);
        var second = _folder.Runs();
        Assert.All(first, run => Assert.Equal(run.Value, second[run.Key]));
    }

    [Fact]
    public async Task Run_that_was_killed_goes_on_later()
    {
        _folder.WithRows(6);
        await using (var tool = Tool.Start(StudyFolder.Variables, "study", "run", _folder.Study, "--jobs", "2"))
        {
            await tool.SaysAsync("(1 of 6)");
            await tool.SignalAsync("KILL");
            await tool.ExitAsync();
        }
        var (exitCode, output) = await StudyFolder.IdfKitAsync("run", _folder.Study);
        Assert.True(exitCode == 0, output);
        Assert.Contains("6 rows: 6 completed.", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_folder["office.study", "runs"], "idfkit-run-*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Study_is_run_by_one_process_at_a_time_and_its_status_says_what_runs()
    {
        _folder.WithRows(8);
        await using var tool = Tool.Start(StudyFolder.Variables, "study", "run", _folder.Study, "--jobs", "1");
        await tool.SaysAsync("(1 of 8)");
        var (exitCode, output) = await StudyFolder.IdfKitAsync("run", _folder.Study);
        Assert.Equal(1, exitCode);
        Assert.Contains("runs", Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(1, (await StudyFolder.IdfKitAsync("retry", _folder.Study, "r01")).ExitCode);
        (exitCode, output) = await StudyFolder.IdfKitAsync("status", _folder["office.study"]);
        Assert.True(exitCode == 0, output);
        Assert.Matches(@"Run now: r0\d\.|It is being run\.", output);
        Assert.Equal(0, (await StudyFolder.IdfKitAsync("collect", _folder.Study)).ExitCode); // at any time
        Assert.Equal(0, await tool.ExitAsync());
        Assert.Contains("8 rows: 8 completed.", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_that_cannot_be_written_are_said_before_anything_runs()
    {
        _folder.WithRows(2);
        foreach (var output in (string[])[_folder["office.idf"], _folder["office.idf", "below"], "/proc/study"])
        {
            var (exitCode, said) = await StudyFolder.IdfKitAsync("run", _folder.Study, "-o", output);
            Assert.Equal(1, exitCode);
            Assert.StartsWith($"idfkit study run: the results cannot be written into '{output}' (", said, StringComparison.Ordinal);
            Assert.Single(said.Trim().Split('\n'));
        }
        Assert.Equal(["office.epw", "office.idf", "office.study.csv"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Runs_of_rows_that_have_gone_are_listed_and_then_removed()
    {
        await StudyFolder.IdfKitAsync("run", _folder.WithRows(3).Study);
        Directory.CreateDirectory(_folder["office.study", "runs", "notes"]);
        await File.WriteAllTextAsync(_folder["office.study", "runs", "notes", "mine.txt"], "mine", Token);
        _folder.WithRows(1);
        var (exitCode, output) = await StudyFolder.IdfKitAsync("clean", _folder.Study);
        Assert.Equal(0, exitCode);
        Assert.Contains(_folder["office.study", "runs", "r02"], output, StringComparison.Ordinal);
        Assert.Contains("2 runs of rows that have gone. Nothing was removed", output, StringComparison.Ordinal);
        Assert.Equal(["r01", "r02", "r03"], _folder.Runs().Keys.Order());
        Assert.Equal(0, (await StudyFolder.IdfKitAsync("clean", _folder.Study, "--yes")).ExitCode);
        Assert.Equal(["notes", "r01"], Directory.GetDirectories(_folder["office.study", "runs"]).Select(Path.GetFileName).Order());
        await StudyFolder.SaysAsync("nothing to remove", "clean", _folder.Study, "--yes");
    }

    [Fact]
    public async Task Options_of_the_run_are_those_of_every_row()
    {
        _folder.With("name,label\na,x\n");
        File.Move(_folder["office.epw"], _folder["golden.wea.epw"]);
        File.Copy(_folder["golden.wea.epw"], _folder["other.epw"]);
        var (exitCode, output) = await StudyFolder.IdfKitAsync("run", _folder.Study, "--annual");
        Assert.Equal(1, exitCode);
        Assert.Contains("--annual needs weather, and the row 'a' has none", output, StringComparison.Ordinal);
        (exitCode, output) = await StudyFolder.IdfKitAsync("run", _folder.Study, "--annual", "--weather", _folder["golden.wea.epw"]);
        Assert.True(exitCode == 0, output);
        Assert.Contains(",8760,", await File.ReadAllTextAsync(_folder["office.study", "results.csv"], Token), StringComparison.Ordinal);
        (_, output) = await StudyFolder.IdfKitAsync("check", _folder.Study, "--design-day");
        Assert.Contains("1 of 1 row would run", output, StringComparison.Ordinal);
        (_, output) = await StudyFolder.IdfKitAsync("check", _folder.Study, "--annual", "--weather", _folder["golden.wea.epw"]);
        Assert.Contains("Nothing would run", output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Changed(Dictionary<string, DateTime> before, Dictionary<string, DateTime> after) =>
        after.Where(run => run.Value != before[run.Key]).Select(run => run.Key).Order(StringComparer.Ordinal);
}
