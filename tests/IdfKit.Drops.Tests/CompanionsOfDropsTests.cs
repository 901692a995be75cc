using IdfKit.Drops.Objects;
using IdfKit.Runs;
using RunBed;

namespace IdfKit.Drops.Tests;

/// <summary>What a dropped model names is taken from beside it, whatever its author's machine calls it.</summary>
public sealed class CompanionsOfDropsTests
{
    private const string Year = "SimulationControl,No,No,No,No,Yes;\nRunPeriod,Year,1,1,,12,31,,Sunday;\n";

    [Theory]
    [InlineData(@"C:\Users\someone\study\use.csv", "use.csv")]
    [InlineData(@"\\server\share\use.csv", "use.csv")]
    [InlineData("/home/someone/use.csv", "use.csv")]
    public async Task Path_of_another_machine_is_taken_from_beside_the_model_and_told(string written, string staged)
    {
        await using var bed = new PipelineBed();
        await bed.PutAsync("inputs/a/use.csv", "1,2\n");
        var record = await RunAsync(bed, "inputs/a/house.idf", Reading(staged, written));
        Assert.True(record.Status == RunStatus.Completed, record.Message);
        Assert.Equal("1,2\n", await bed.Files.ReadTextAsync("outputs/a/house/eplusout.eso"));
        var told = record.Notices.Where(notice => !notice.StartsWith("The series were not", StringComparison.Ordinal)); // of that .eso
        Assert.Contains("s3://bucket/inputs/a/use.csv was taken for it", Assert.Single(told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/hostname", "write only 'hostname' and put it beside the model", "inputs/a/hostname")]
    [InlineData(@"C:\x\use.csv", "write only 'use.csv' and put it beside the model", "inputs/a/use.csv")]
    public async Task Path_of_another_machine_without_the_file_says_what_to_write_and_waits(string written, string said, string missing)
    {
        await using var bed = new PipelineBed();
        var record = await RunAsync(bed, "inputs/a/house.idf", Reading("x", written));
        Assert.Equal((RunStatus.Rejected, RunReason.MissingFile), (record.Status, record.Reason));
        Assert.Contains(said, record.Message, StringComparison.Ordinal);
        Assert.Equal([missing], record.Missing);
    }

    [Fact]
    public async Task Path_above_the_model_is_taken_within_the_inputs_and_not_outside()
    {
        await using var bed = new PipelineBed();
        await bed.PutAsync("inputs/common/use.csv", "1,2\n");
        await bed.PutAsync("secret.csv", "secret\n");
        var record = await RunAsync(bed, "inputs/a/house.idf", Reading("../common/use.csv", "../common/use.csv"));
        Assert.True(record.Status == RunStatus.Completed, record.Message);
        Assert.Equal("1,2\n", await bed.Files.ReadTextAsync("outputs/a/house/eplusout.eso"));

        var outside = await RunAsync(bed, "inputs/a/house.idf", Reading("../../secret.csv", "../../secret.csv"));
        Assert.Equal((RunStatus.Rejected, RunReason.UnsafeObject), (outside.Status, outside.Reason));
    }

    [Fact] // a list of risks that is cut must not lose the worst
    public async Task Code_behind_a_thousand_paths_is_still_refused()
    {
        await using var bed = new PipelineBed();
        await bed.PutAsync("inputs/use.csv", "1\n");
        var paths = string.Concat(Enumerable.Range(0, 1_200).Select(i => $"Schedule:File,S{i},,/x/use.csv,1,0;\n"));
        var record = await RunAsync(bed, "inputs/house.idf", ScriptedEnergyPlus.Model() + paths + "PythonPlugin:Instance,P,No,m,C;\n");
        Assert.Equal((RunStatus.Rejected, RunReason.UnsafeObject), (record.Status, record.Reason));
        Assert.Contains("PythonPlugin", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_file_that_arrives_in_another_spelling_starts_the_model()
    {
        await using var bed = new PipelineBed();
        await RunAsync(bed, "inputs/house.idf", Reading("Use.CSV", "Use.CSV"));
        var result = Assert.Single(await bed.DeliverAsync(await bed.PutAsync("inputs/use.csv", "1,2\n")));
        Assert.True(result.Record!.Status == RunStatus.Completed, result.Record.Message);
        Assert.Equal("1,2\n", await bed.Files.ReadTextAsync("outputs/house/eplusout.eso"));
        Assert.Empty(await bed.Files.GlobAsync("outputs/.waiting", "**").ToListAsync());
    }

    [Fact]
    public async Task Bad_weather_is_refused_once_and_the_right_file_runs_the_model()
    {
        await using var bed = new PipelineBed();
        var bad = await bed.PutAsync("inputs/house.epw", "<html>\nNot found\n</html>\n");
        bad = bad with { ETag = (await bed.Files.StatAsync("inputs/house.epw")).ETag };
        var record = await RunAsync(bed, "inputs/house.idf", bed.EnergyPlus.CountedModel() + Year);
        Assert.Equal((RunStatus.Rejected, RunReason.BadWeather), (record.Status, record.Reason));
        Assert.Contains("as a web page does", record.Message, StringComparison.Ordinal);

        Assert.Equal(RunResultKind.Ignored, Assert.Single(await bed.DeliverAsync(bad)).Kind); // its own event, come late
        Assert.Equal(record.RunId, (await bed.RecordAsync("house")).RunId);

        var result = Assert.Single(await bed.DeliverAsync(await bed.PutAsync("inputs/house.epw", Weather.Text(0))));
        Assert.Equal((RunStatus.Completed, 1), (result.Record!.Status, bed.EnergyPlus.Runs));
        Assert.Empty(await bed.Files.GlobAsync("outputs/.waiting", "**").ToListAsync());
    }

    [Fact]
    public async Task Sizing_by_days_of_the_weather_waits_for_weather()
    {
        await using var bed = new PipelineBed();
        var model = bed.EnergyPlus.CountedModel() + "SimulationControl,No,No,No,Yes,No;\nSizingPeriod:WeatherFileDays,Days,1,1,1,3;\n";
        var record = await RunAsync(bed, "inputs/house.idf", model);
        Assert.Equal((RunStatus.Rejected, RunReason.NoWeather), (record.Status, record.Reason));
        Assert.False(record.Options!.DesignDay); // nobody has asked for that
        var result = Assert.Single(await bed.DeliverAsync(await bed.PutAsync("inputs/house.epw", Weather.Text(0))));
        Assert.Equal(RunStatus.Completed, result.Record!.Status);
    }

    private static string Reading(string staged, string written) =>
        ScriptedEnergyPlus.Model($"cat {staged} > $out/eplusout.eso") + $"Schedule:File,S,,{written},1,0;\n";

    private static async Task<RunRecord> RunAsync(PipelineBed bed, string key, string model) =>
        Assert.Single(await bed.DeliverAsync(await bed.PutAsync(key, model))).Record!;
}
