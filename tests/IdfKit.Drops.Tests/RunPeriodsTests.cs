using IdfKit.Drops.Objects;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

using NJsonSchema;

using RunBed;
using TestBed;

namespace IdfKit.Drops.Tests;

/// <summary>Dropped models with several run periods, by the real EnergyPlus.</summary>
public sealed class RunPeriodsTests
{
    private const string Job = """{"parallel": "periods"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Model
    {
        get
        {
            var model = File.ReadAllText(RealParts.Model("one-zone"));
            var start = model.IndexOf("RunPeriod,\n", StringComparison.Ordinal);
            var period = model[start..model.IndexOf("GlobalGeo", StringComparison.Ordinal)];
            return model.Replace(period, Period("January", 1) + Period("July", 7), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Run_periods_side_by_side_leave_the_figures_and_series_of_one_process()
    {
        var (whole, wholeFiles) = await RunAsync("{}", hasRoom: true);
        var (parts, files) = await RunAsync(Job, hasRoom: true);
        Assert.Null(whole.Parts);
        Assert.Equal((RunStatus.Completed, 2, "periods"), (parts.Status, parts.Parts!.Count, parts.Options.Parallel));
        Assert.Equal(["January", "July"], parts.Parts.Names);
        Assert.Equal(["eplustbl.htm"], parts.Parts.NotProduced);
        Assert.Equal(["eplustbl.period-1.htm", "eplustbl.period-2.htm"], parts.Parts.Tables);
        Assert.Contains(parts.Notices, notice => notice.Contains("side by side and joined", StringComparison.Ordinal));

        var (one, two) = (whole.Summary!, parts.Summary!);
        Assert.Equal(one.SiteEnergyGj!.Value, two.SiteEnergyGj!.Value, tolerance: 0.011);
        Assert.Equal((one.HoursSimulated, one.Warnings, one.Severe), (two.HoursSimulated, two.Warnings, two.Severe));
        Assert.Equal(one.Periods, two.Periods);
        Assert.Equal(one.EndUsesGj!.Keys.Order(), two.EndUsesGj!.Keys.Order());
        Assert.Equal(Names(whole).Except(["eplustbl.htm"]), Names(parts).Except(parts.Parts.Tables));
        string[] hourly = ["timeseries.hourly.parquet"];
        foreach (var series in hourly)
            Assert.Equal(wholeFiles[series].Length, files[series].Length);

        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("docs", "schemas", "run.schema.json"), Token);
        Assert.Equal([], schema.Validate(System.Text.Encoding.UTF8.GetString(files["run.json"])).Select(fault => fault.ToString()));
    }

    [Theory]
    [InlineData(Job, false, "only one processor is free")]
    [InlineData("""{"parallel": "periods", "annual": true}""", true, "the whole weather file")]
    [InlineData("""{"parallel": "year", "readvars": true}""", true, "not simulated in parts yet")]
    public async Task What_is_not_split_runs_whole_and_says_why(string job, bool hasRoom, string why)
    {
        var (record, files) = await RunAsync(job, hasRoom);
        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.Null(record.Parts);
        Assert.Contains("eplustbl.htm", files.Keys);
        Assert.Contains(record.Notices, notice => notice.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fatal_error_in_the_parts_is_told_as_one_process_tells_it()
    {
        var model = Model.Replace("Construction, Slab,       Insulation, Concrete;", "Construction, Slab, Insulation, Nothing;",
            StringComparison.Ordinal);
        var (whole, _) = await RunAsync("{}", hasRoom: true, model);
        var (parts, files) = await RunAsync(Job, hasRoom: true, model);
        Assert.Equal(RunStatus.Failed, whole.Status);
        Assert.Equal((whole.Status, whole.Reason, whole.Message), (parts.Status, parts.Reason, parts.Message));
        Assert.Equal(whole.Diagnostics!.FirstErrors, parts.Diagnostics!.FirstErrors);
        Assert.Null(parts.Parts);
        Assert.Contains("eplusout.err", files.Keys);
    }

    private static string Period(string name, int month) =>
        $"RunPeriod, {name}, {month}, 1, , {month}, 31, , Monday, No, No, No, Yes, Yes;\n";

    private static IEnumerable<string> Names(RunRecord record) => record.Files.Select(file => file.Path).Order(StringComparer.Ordinal);

    private static async Task<(RunRecord Record, Dictionary<string, byte[]> Files)> RunAsync(string job, bool hasRoom, string? model = null)
    {
        await using var bed = new PipelineBed();
        using var work = new TemporaryFolder();
        await using var runner = new EnergyPlusRunner(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        var engine = new OneEngine(runner.Installation, runner.RunAsync) { HasRoom = hasRoom };
        var pipeline = new DropDispatcher(new RunSettings { WorkDirectory = work.Path }, bed, engine, TimeProvider.System);
        await bed.Files.WriteTextAsync("inputs/office.job.json", job, cancellationToken: Token);
        await bed.Files.WriteBytesAsync("inputs/office.epw", await File.ReadAllBytesAsync(RealParts.Weather("Golden"), Token), Token);
        await bed.Files.WriteTextAsync("inputs/office.idf", model ?? Model, cancellationToken: Token);
        var drop = new DroppedObject("bucket", ObjectKey.FromText("inputs/office.idf")) { Sequencer = "1" };
        await pipeline.RunAsync(drop, new Delivery("1", TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(5), "1"), Token);
        var files = new Dictionary<string, byte[]>();
        await foreach (var entry in bed.Files.ListAsync("outputs", Token))
            files[Path.GetFileName(entry.Path)] = await bed.Files.ReadBytesAsync(entry.Path, Token);
        return (RunRecordFile.FromJson(files["run.json"])!, files);
    }
}
