using IdfKit.Drops.Objects;
using IdfKit.Engine;
using IdfKit.Engine.Parts;
using IdfKit.Runs;
using IdfKit.Storage;

using NJsonSchema;

using RunBed;
using TestBed;

namespace IdfKit.Drops.Tests;

/// <summary>Dropped models whose year is asked for in parts, by the real EnergyPlus.</summary>
public sealed class RunYearTests
{
    private const string Job = """{"parallel": "year"}""";
    private const string Walls = "Construction, Outer wall, Brick, Insulation, Plaster;";
    private const string Roof = "Construction, Flat roof,  Concrete, Insulation, Plaster;";
    private const string Slab = "Construction, Slab,       Insulation, Concrete;";

    private static readonly string[] Unmade = ["eplustbl.htm"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Model => File.ReadAllText(RealParts.Model("one-zone"));

    [Fact]
    public async Task A_year_in_parts_has_the_figures_the_series_and_the_page_of_one_process()
    {
        var (whole, wholeFiles) = await RunAsync("{}");
        var (parts, files) = await RunAsync(Job);
        Assert.Null(whole.Segments);
        var segments = parts.Segments!;
        Assert.Equal((RunStatus.Completed, "year", 2, "year"), (parts.Status, segments.Kind, segments.Count, parts.Options.Parallel));
        Assert.Equal(["01-01 to 06-30", "07-01 to 12-31"], segments.Names);
        string[] reports = ["AnnualBuildingUtilityPerformanceSummary", "DemandEndUseComponentsSummary", "SystemSummary"];
        Assert.Equal([.. Unmade, .. reports], segments.NotProduced);
        Assert.Equal((20, 405), (segments.ShadingPeriodDays, segments.SimulatedDays));
        var seam = Assert.Single(segments.Seams!);
        Assert.Equal(("07-01", 21, 18), (seam.Date, seam.LeadInDays, seam.ComparedDays));
        Assert.InRange(seam.WorstMeterPercentOfYear, 0, 0.0001);
        Assert.InRange(seam.ZoneAirMaxK, 0, 0.001);
        Assert.Contains(parts.Notices, notice => notice.Contains("simulated in 2 parts and joined", StringComparison.Ordinal));

        AssertSame(whole.Summary!, parts.Summary!);
        Assert.Equal(Names(whole).Except(Unmade), Names(parts));
        var (series, joined) = (wholeFiles["timeseries.hourly.parquet"].Length, files["timeseries.hourly.parquet"].Length);
        Assert.InRange(joined, 0.99 * series, 1.01 * series); // the last bits of some values differ
        var page = System.Text.Encoding.UTF8.GetString(files["report.html"]);
        Assert.Contains("The year was simulated in 2 parts side by side and joined.", page, StringComparison.Ordinal);

        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("docs", "schemas", "run.schema.json"), Token);
        Assert.Equal([], schema.Validate(System.Text.Encoding.UTF8.GetString(files["run.json"])).Select(fault => fault.ToString()));
    }

    [Theory]
    [InlineData("""{"parallel": "year", "readvars": true}""", "", "ReadVarsESO")]
    [InlineData(Job, "EnergyManagementSystem:GlobalVariable, Counted;", "EnergyManagementSystem:GlobalVariable: a program may remember")]
    [InlineData(Job, "RunPeriod, More, 2, 1, , 2, 28, , Monday, No, No, No, Yes, Yes;", "ask for 'periods' instead")]
    [InlineData(Job, "OutputControl:Files, No, No;", ".mtr")]
    public async Task What_is_not_divided_is_run_whole_and_the_record_says_why(string job, string more, string why)
    {
        var (record, _) = await RunAsync(job, Model + more);
        Assert.Equal((RunStatus.Completed, null), (record.Status, record.Segments));
        Assert.Single(record.Notices, notice =>
            notice.Contains("simulated whole", StringComparison.Ordinal) && notice.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_design_days_alone_nothing_is_said_of_a_year_that_was_simulated()
    {
        var (record, _) = await RunAsync("""{"parallel": "year", "design_day": true}""", Model + DesignDay);
        Assert.Equal((RunStatus.Completed, null), (record.Status, record.Segments));
        Assert.Contains(
            "Nothing was simulated in parts (parallel: year): the model simulates no period of a weather file.", record.Notices);
        Assert.DoesNotContain(record.Notices, notice => notice.Contains("The year was simulated", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("RunPeriod, More, 2, 1, , 2, 28, , Monday, No, No, No, Yes, Yes;")]
    public async Task An_answer_of_the_cache_says_of_parts_what_the_run_itself_said(string more)
    {
        var (made, _) = await RunAsync(Job, Model + more);
        var (taken, _) = await RunAsync(Job, Model + more, isAgain: true);
        Assert.Equal("inputs/office.idf", taken.ResultsOf?.Key);
        Assert.Equal(made.Notices, taken.Notices);
        Assert.Contains(taken.Notices, notice => notice.Contains("parallel: year", StringComparison.Ordinal));
        Assert.Equal(made.Segments?.Names, taken.Segments?.Names);
        Assert.Equal(made.Segments?.Seams, taken.Segments?.Seams);
        Assert.Equal(made.Options.Parallel, taken.Options.Parallel);
    }

    [Fact]
    public async Task A_reason_of_the_moment_is_not_told_as_if_it_were_true_of_an_answer_of_the_cache()
    {
        var (taken, _) = await RunAsync(Job, processors: 1, isAgain: true);
        Assert.Equal("inputs/office.idf", taken.ResultsOf?.Key);
        Assert.DoesNotContain(taken.Notices, notice => notice.Contains("parallel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deadline_that_leaves_no_time_for_parts_and_the_year_after_them_runs_it_whole()
    {
        // 96 s at most by its text, but the voids take next to nothing, so that a slow machine has the time, too.
        var slow = Model.Replace("Timestep, 4;", "Timestep, 12;", StringComparison.Ordinal)
            + "\nMaterial:NoMass, Board, Rough, 1; Construction, Boards, Board;\n" + string.Concat(Enumerable.Range(1, 19).Select(Void));
        var (record, _) = await RunAsync(Job, slow, left: TimeSpan.FromSeconds(140));
        Assert.Equal((RunStatus.Completed, null), (record.Status, record.Segments));
        Assert.Single(record.Notices, notice => notice.Contains("s are left, and should parts differ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_small_model_is_run_whole() =>
        AssertWhole(await RunAsync(Job, least: null), "a run of less than 3 s would gain nothing");

    [Fact]
    public async Task A_machine_with_one_processor_runs_it_whole() =>
        AssertWhole(await RunAsync(Job, processors: 1), "there is only one processor for it");

    [Fact] // criterion 7 of the measurements: no class of object shows it
    public async Task A_model_that_remembers_longer_than_the_lead_in_is_found_out_and_run_whole()
    {
        var heavy = Model.Replace(
            Walls, "Material, Heavy, MediumRough, 0.6, 1.75, 2240, 900;\nConstruction, Outer wall, Insulation, Heavy;",
            StringComparison.Ordinal).Replace(Roof, "Construction, Flat roof, Insulation, Heavy;", StringComparison.Ordinal)
            .Replace(Slab, "Construction, Slab, Insulation, Heavy;", StringComparison.Ordinal);
        var (whole, _) = await RunAsync("{}", heavy);
        var run = await RunAsync(Job, heavy);
        AssertWhole(run, "too far. It was simulated again whole");
        Assert.Equal(whole.Summary!.SiteEnergyGj, run.Record.Summary!.SiteEnergyGj);
        Assert.Equal(Names(whole), Names(run.Record));
        Assert.True(run.Record.CpuMs > whole.CpuMs);
    }

    [Fact] // it burns once in a while, and never where parts meet
    public async Task A_tank_that_is_used_little_is_found_out_by_its_temperature()
    {
        const string Tank = """
            Schedule:Constant, Hot, Any number, 60; Schedule:Constant, Cold, Any number, 10; Schedule:Constant, Room, Any number, 20;
            WaterHeater:Mixed, Tank, 20, Hot, 20, 82, Cycle, 20000, , , , FuelOilNo2, 0.98, , 0, , 0, 0, , 0, Schedule, Room, , ,
              1, 1, 1, 1, 0.0000005, Working hours, Cold;
            """;
        AssertWhole(await RunAsync(Job, Model + Tank), "the tank of a water heater is");
    }

    [Fact] // nothing ventilates it: it keeps the humidity of the weather in which its run begins
    public async Task A_series_that_depends_on_where_a_part_began_is_named_with_the_tank_that_was_compared()
    {
        const string Tank = """

            Schedule:Constant, Hot, Any number, 60; Schedule:Constant, Cold, Any number, 10; Schedule:Constant, Room, Any number, 20;
            WaterHeater:Mixed, Tank, 0.3, Hot, 5, 82, Modulate, 4000, 0, 0, 0, Electricity, 0.98, , 0, , 0, 0, , 0, Schedule, Room, , ,
              1, 1, 1, 1, 0.000002, Working hours, Cold;
            Output:Variable, *, Zone Mean Air Humidity Ratio, Hourly;
            """;
        var (record, files) = await RunAsync(Job, Model + Loft + Tank);
        Assert.Equal(["LOFT:Zone Mean Air Humidity Ratio [kgWater/kgDryAir](Hourly)"], record.Segments!.Apart);
        Assert.InRange(Assert.Single(record.Segments.Seams!).TankMaxK!.Value, 0, 0.5);
        const string Named = "One series that the model reports differs there, and may for longer: LOFT:Zone Mean Air Humidity Ratio";
        Assert.Single(record.Notices, notice => notice.Contains("One series differs, too: segments of run.json", StringComparison.Ordinal));
        Assert.Contains(Named, System.Text.Encoding.UTF8.GetString(files["report.html"]), StringComparison.Ordinal);
        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("docs", "schemas", "run.schema.json"), Token);
        Assert.Equal([], schema.Validate(System.Text.Encoding.UTF8.GetString(files["run.json"])).Select(fault => fault.ToString()));
    }

    [Fact]
    public async Task A_part_that_is_killed_ends_the_other_one_and_the_year_is_run_whole()
    {
        var slow = Model.Replace("Timestep, 4;", "Timestep, 20;", StringComparison.Ordinal);
        var run = await RunAsync(Job, slow, around: KilledPart.Second);
        AssertWhole(run, "which did not complete: one of them was killed");
    }

    [Fact]
    public async Task Of_parts_that_the_deadline_stops_one_notice_says_that_there_are_no_series()
    {
        var (record, _) = await RunAsync(
            Job, left: TimeSpan.FromSeconds(30), around: _ => async (request, _, token) =>
            {
                var stopped = new TaskCompletionSource();
                await using var stopping = request.Stop.Register(stopped.SetResult);
                await stopped.Task.WaitAsync(token);
                return new() { Outcome = RunOutcome.TimedOut };
            });
        Assert.Equal((RunReason.Deadline, null), (record.Reason, record.Segments));
        Assert.Equal(
            ["The year was simulated in parts (parallel: year), and stopped before these were joined: there are no series and no tables."],
            record.Notices.Where(notice => notice.Contains("series", StringComparison.Ordinal)));
    }

    private static string Void(int number) => $"""
        Zone, Void {number}, 0, 20, 0, 0;
        BuildingSurface:Detailed, Floor {number}, Floor, Boards, Void {number}, , Ground, , NoSun, NoWind, autocalculate, 4,
          0, 0, 0,  0, 6, 0,  8, 6, 0,  8, 0, 0;
        BuildingSurface:Detailed, Roof {number}, Roof, Boards, Void {number}, , Ground, , NoSun, NoWind, autocalculate, 4,
          0, 6, 3,  0, 0, 3,  8, 0, 3,  8, 6, 3;

        """;

    // Without air from anywhere.
    private const string Loft = """

        Zone, Loft, 0, 20, 0, 0;
        Material:NoMass, Board, Rough, 1; Construction, Boards, Board;
        BuildingSurface:Detailed, Loft floor, Floor, Boards, Loft, , Ground, , NoSun, NoWind, autocalculate, 4,
          0, 0, 0,  0, 6, 0,  8, 6, 0,  8, 0, 0;
        BuildingSurface:Detailed, Loft roof, Roof, Boards, Loft, , Outdoors, , SunExposed, WindExposed, autocalculate, 4,
          0, 6, 3,  0, 0, 3,  8, 0, 3,  8, 6, 3;

        """;

    private const string DesignDay = """

        SizingPeriod:DesignDay, Coldest, 1, 21, WinterDesignDay, -17.3, 0, , , Wetbulb, -17.3, , , , , 99063, 4.9, 270, No, No, No,
          ASHRAEClearSky, , , , , 0;

        """;

    private static void AssertWhole((RunRecord Record, Dictionary<string, byte[]> Files) run, string why)
    {
        Assert.Equal((RunStatus.Completed, null), (run.Record.Status, run.Record.Segments));
        Assert.Contains("eplustbl.htm", run.Files.Keys);
        Assert.Single(run.Record.Notices, notice => notice.Contains(why, StringComparison.Ordinal));
    }

    private static void AssertSame(EnergySummary whole, EnergySummary parts)
    {
        Assert.Equal((whole.SiteEnergyGj, whole.SiteEuiMjM2), (parts.SiteEnergyGj, parts.SiteEuiMjM2));
        Assert.Equal(whole.SourceEnergyGj!.Value, parts.SourceEnergyGj!.Value, tolerance: 0.0101);
        Assert.Equal(whole.UnmetHours, parts.UnmetHours);
        Assert.Equal((whole.HoursSimulated, whole.TotalAreaM2, whole.WhyEmpty), (parts.HoursSimulated, parts.TotalAreaM2, parts.WhyEmpty));
        Assert.Equal(whole.Periods, parts.Periods);
        Assert.Equal(Flat(whole), Flat(parts));
        Assert.Equal(Days(whole), Days(parts));
    }

    /// <summary>Of the peaks the day: the model reaches each value again and again, and any of the equal intervals may be named.</summary>
    private static IEnumerable<(string Fuel, double Watts, string Day)> Days(EnergySummary summary) =>
        summary.Peaks.Select(peak => (peak.Fuel, peak.Watts, peak.At![..6])).Order();

    private static List<(string Use, string Fuel, double Energy)> Flat(EnergySummary summary) => [.. summary.EndUsesGj!
        .SelectMany(use => use.Value.Select(fuel => (use.Key, fuel.Key, fuel.Value))).Order()];

    private static IEnumerable<string> Names(RunRecord record) => record.Files.Select(file => file.Path).Order(StringComparer.Ordinal);

    private static async Task<(RunRecord Record, Dictionary<string, byte[]> Files)> RunAsync(
        string job, string? model = null, int processors = 2, double? least = 0, Func<PartEngine, PartEngine>? around = null,
        bool isAgain = false, TimeSpan? left = null)
    {
        await using var bed = new PipelineBed();
        using var work = new TemporaryFolder();
        await using var runner = new EnergyPlusRunner(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        var engine = new OneEngine(runner.Installation, around?.Invoke(runner.RunAsync) ?? runner.RunAsync)
        {
            Room = (processors, 8L << 30, 8L << 30),
            LeastYear = least is { } seconds ? TimeSpan.FromSeconds(seconds) : OneEngine.UsualLeastYear,
        };
        var pipeline = new DropDispatcher(new RunSettings { WorkDirectory = work.Path, Cache = "cache" }, bed, engine, TimeProvider.System);
        string[] names = isAgain ? ["office", "again"] : ["office"];
        foreach (var name in names)
        {
            await bed.Files.WriteTextAsync($"inputs/{name}.job.json", job, cancellationToken: Token);
            await bed.Files.WriteBytesAsync($"inputs/{name}.epw", await File.ReadAllBytesAsync(RealParts.Weather("Golden"), Token), Token);
            await bed.Files.WriteTextAsync($"inputs/{name}.idf", model ?? Model, cancellationToken: Token);
            var drop = new DroppedObject("bucket", ObjectKey.FromText($"inputs/{name}.idf")) { Sequencer = "1" };
            var deadline = TimeProvider.System.GetUtcNow() + (left ?? TimeSpan.FromMinutes(5));
            await pipeline.RunAsync(drop, new Delivery("1", deadline, "1"), Token);
        }
        var files = new Dictionary<string, byte[]>();
        await foreach (var entry in bed.Files.ListAsync("outputs/" + names[^1], Token))
            files[Path.GetFileName(entry.Path)] = await bed.Files.ReadBytesAsync(entry.Path, Token);
        return (RunRecordFile.FromJson(files["run.json"])!, files);
    }
}
