using IdfKit.Drops.Objects;
using IdfKit.Engine;
using IdfKit.Engine.Parts;
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
        var (whole, wholeFiles) = await RunAsync("{}");
        var (parts, files) = await RunAsync(Job);
        Assert.Null(whole.Segments);
        Assert.Equal((RunStatus.Completed, 2, "periods"), (parts.Status, parts.Segments!.Count, parts.Options.Parallel));
        Assert.Equal(["January", "July"], parts.Segments.Names);
        string[] reports = ["AnnualBuildingUtilityPerformanceSummary", "DemandEndUseComponentsSummary", "SystemSummary"];
        Assert.Equal(["eplustbl.htm", .. reports], parts.Segments.NotProduced);
        Assert.Equal(["eplustbl.period-1.htm", "eplustbl.period-2.htm"], parts.Segments.Tables);
        Assert.Contains(parts.Notices, notice => notice.Contains("side by side and joined", StringComparison.Ordinal));

        var (one, two) = (whole.Summary!, parts.Summary!);
        Assert.Equal(one.SiteEnergyGj!.Value, two.SiteEnergyGj!.Value, tolerance: 0.011);
        Assert.Equal((one.HoursSimulated, one.Warnings, one.Severe), (two.HoursSimulated, two.Warnings, two.Severe));
        Assert.Equal(one.Periods, two.Periods);
        Assert.Equal(one.EndUsesGj!.Keys.Order(), two.EndUsesGj!.Keys.Order());
        Assert.Equal(Names(whole).Except(["eplustbl.htm"]), Names(parts).Except(parts.Segments.Tables));
        string[] hourly = ["timeseries.hourly.parquet"];
        foreach (var series in hourly)
            Assert.Equal(wholeFiles[series].Length, files[series].Length);

        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("docs", "schemas", "run.schema.json"), Token);
        Assert.Equal([], schema.Validate(System.Text.Encoding.UTF8.GetString(files["run.json"])).Select(fault => fault.ToString()));
    }

    [Fact]
    public async Task Forked_parts_of_a_real_office_in_bounds_have_the_figures_of_one_process()
    {
        var office = await File.ReadAllTextAsync(RealParts.Model("ASHRAE901_OfficeSmall"), Token);
        var options = new EngineOptions { EngineHostPath = RealParts.EngineHost, WarmHosts = 1, Confine = true, MaxMemoryBytes = 3L << 30 };
        List<EngineRun> ran = [];
        var (whole, _) = await RunAsync("{}", office, around: Watched, options: options);
        var (parts, _) = await RunAsync(Job, office, around: Watched, options: options);
        Assert.Equal([true, true, true, true], ran.Select(run => run.Warm)); // one process, and one for each of three run periods
        Assert.Equal((RunStatus.Completed, 3), (parts.Status, parts.Segments?.Count));
        var (one, three) = (whole.Summary!, parts.Summary!);
        Assert.Equal(one.SiteEnergyGj!.Value, three.SiteEnergyGj!.Value, tolerance: 0.031);
        Assert.Equal(one.UnmetHours.OccupiedCooling!.Value, three.UnmetHours.OccupiedCooling!.Value, tolerance: 0.031);
        Assert.Equal((one.HoursSimulated, one.TotalAreaM2), (three.HoursSimulated, three.TotalAreaM2));
        Assert.Equal(one.Periods, three.Periods);
        Assert.Equal(one.Peaks.Select(peak => (peak.Fuel, peak.At)), three.Peaks.Select(peak => (peak.Fuel, peak.At)));
        Assert.Equal(ran.Skip(1).Sum(run => (long)run.CpuTime.TotalMilliseconds), parts.CpuMs!.Value, tolerance: 3);
        Assert.Equal(ran.Skip(1).Select(run => run.PeakMemoryBytes).OrderDescending().Take(2).Sum(), parts.PeakMemoryBytes);

        PartEngine Watched(PartEngine run) => async (request, progress, token) =>
        {
            var ended = await run(request, progress, token);
            lock (ran) ran.Add(ended);
            return ended;
        };
    }

    [Fact]
    public async Task A_part_that_needs_more_than_its_share_is_followed_by_one_process_that_has_all()
    {
        var (record, files) = await RunAsync(Job, around: run => async (request, progress, token) =>
        {
            var ended = await run(request, progress, token);
            return request.OutputDirectory.EndsWith("/2/out", StringComparison.Ordinal)
                ? ended with { Outcome = RunOutcome.Crashed, WasRefusedMemory = true }
                : ended;
        });
        AssertWhole((record, files), "more than its share");
    }

    [Theory]
    [InlineData("""{"parallel": "periods", "annual": true}""", "", "the whole weather file")]
    [InlineData("""{"parallel": "periods", "readvars": true}""", "", "ReadVarsESO")]
    [InlineData(Job, "EnergyManagementSystem:GlobalVariable, Counted;", "EnergyManagementSystem:GlobalVariable, which may carry over")]
    [InlineData(Job, "Output:JSON, TimeSeries;", "Output:JSON, which writes one file from all run periods")]
    public async Task What_is_not_split_is_run_by_one_process_and_the_record_says_why(string job, string more, string why) =>
        AssertWhole(await RunAsync(job, Model + more), why);

    [Theory]
    [InlineData(1, 8_000, 8_000, "there is only one processor for it")]
    [InlineData(2, 700, 8_000, "700 MB of memory are too little")]
    [InlineData(2, 8_000, 300, "300 MB on the local disk are too little")]
    public async Task A_machine_without_room_runs_one_process_and_the_record_says_why(
        int processors, long memoryMegabytes, long diskMegabytes, string why) => AssertWhole(
            await RunAsync(Job, room: (processors, memoryMegabytes * 1_000_000, diskMegabytes * 1_000_000)), why);

    [Fact]
    public async Task One_run_period_is_run_as_ever_and_nothing_is_said()
    {
        var one = await File.ReadAllTextAsync(RealParts.Model("one-zone"), Token);
        var (whole, _) = await RunAsync("{}", one);
        var (asked, _) = await RunAsync(Job, one);
        Assert.Equal((RunStatus.Completed, null), (asked.Status, asked.Segments));
        Assert.Equal(whole.Notices, asked.Notices);
    }

    [Fact]
    public async Task A_part_that_is_killed_leaves_the_model_to_one_process_and_nothing_is_joined()
    {
        var slow = Model.Replace("Timestep, 4;", "Timestep, 60;", StringComparison.Ordinal)
            .Replace("July, 7, 1, , 7, 31", "July, 1, 1, , 12, 31", StringComparison.Ordinal);
        var (record, files) = await RunAsync(Job, slow, around: KilledPart.Second);
        AssertWhole((record, files), "one of them was killed");
        Assert.DoesNotContain(record.Notices, notice => notice.Contains("joined", StringComparison.Ordinal));
        Assert.NotNull(record.Summary!.SiteEnergyGj);
        Assert.DoesNotContain(files.Keys, name => name.Contains(".period-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Construction, Slab,       Insulation, Concrete;", "Construction, Slab, Insulation, Nothing;")]
    [InlineData("SimulationControl,", "SimulationControl, No, No, No, No, Yes; SimulationControl,")] // one too many
    public async Task A_fatal_error_in_the_parts_is_told_as_one_process_tells_it(string right, string wrong)
    {
        var model = Model.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Model, model);
        var (whole, _) = await RunAsync("{}", model);
        var (parts, files) = await RunAsync(Job, model);
        Assert.Equal(RunStatus.Failed, whole.Status);
        Assert.Equal((whole.Status, whole.Reason, whole.Message), (parts.Status, parts.Reason, parts.Message));
        Assert.Equal(whole.Diagnostics!.FirstErrors, parts.Diagnostics!.FirstErrors);
        Assert.Equal(whole.Notices, parts.Notices);
        Assert.Null(parts.Segments);
        Assert.Contains("eplusout.err", files.Keys);
    }

    private static string Period(string name, int month) =>
        $"RunPeriod, {name}, {month}, 1, , {month}, 31, , Monday, No, No, No, Yes, Yes;\n";

    private static IEnumerable<string> Names(RunRecord record) => record.Files.Select(file => file.Path).Order(StringComparer.Ordinal);

    private static void AssertWhole((RunRecord Record, Dictionary<string, byte[]> Files) run, string why)
    {
        Assert.Equal((RunStatus.Completed, null), (run.Record.Status, run.Record.Segments));
        Assert.Contains("eplustbl.htm", run.Files.Keys);
        Assert.Single(run.Record.Notices, notice => notice.Contains(why, StringComparison.Ordinal));
    }

    private static async Task<(RunRecord Record, Dictionary<string, byte[]> Files)> RunAsync(
        string job, string? model = null, (int Processors, long MemoryBytes, long DiskBytes)? room = null,
        Func<PartEngine, PartEngine>? around = null, EngineOptions? options = null)
    {
        await using var bed = new PipelineBed();
        using var work = new TemporaryFolder();
        await using var runner = new EnergyPlusRunner(EnergyPlusInstallation.Find(RealParts.EnergyPlus()), options);
        runner.WarmUp();
        var engine = new OneEngine(runner.Installation, around is null ? runner.RunAsync : around(runner.RunAsync))
        {
            Room = room ?? (2, 8L << 30, 8L << 30),
        };
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
