using System.Text.Json.Nodes;

using IdfKit.Drops.Studies.Estimates;
using IdfKit.Runs;
using IdfKit.Studies;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>What a plan says that its rows will take, and how it knows.</summary>
public sealed class StudyEstimateTests
{
    private static readonly RowExample Example = new(10, 9, [100, 200], "as it did");

    [Fact]
    public async Task Study_of_which_nothing_has_run_says_that_a_first_row_will_tell()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var plan = await bed.PlanAsync(await bed.PutStudyAsync("echo 1", "echo 2"));
        var estimate = (await bed.RecordAsync()).Estimate!;
        Assert.Equal((2, null, null, null), (estimate.RowsToRun, estimate.Seconds, estimate.GbSeconds, estimate.Requests));
        Assert.Contains("or a first row", estimate.How, StringComparison.Ordinal);
        Assert.Equal(2, (int)plan["estimate"]!["rows_to_run"]!);
    }

    [Fact]
    public async Task Last_run_of_the_base_tells_what_its_rows_will_take()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        await PutRunAsync(bed, "outputs/p/office", 4_000);
        await bed.PlanAsync(await bed.PutStudyAsync("echo 1", "echo 2", "echo 3"));
        var estimate = (await bed.RecordAsync()).Estimate!;
        Assert.Equal((3, 12.0), (estimate.RowsToRun, estimate.Seconds));
        Assert.Contains("4.0 s, as the last run of 'office.idf' did", estimate.How, StringComparison.Ordinal);
        Assert.Equal(3 * 300, estimate.BytesStored);
        Assert.Equal(1 + (3 * (3 + 2)), estimate.Requests!.Puts); // a call each
    }

    [Theory]
    [InlineData(RunStatus.Failed, false, "all", 0)]
    [InlineData(RunStatus.Completed, true, "all", 0)] // a year, which the rows do not simulate
    [InlineData(RunStatus.Completed, false, "lean", 0)] // fewer files than they store
    [InlineData(RunStatus.Completed, false, "all", 2)] // side by side, which no row is
    public async Task Run_of_the_base_that_is_not_like_its_rows_tells_nothing(RunStatus status, bool annual, string profile, int parts)
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        await PutRunAsync(bed, "outputs/p/office", 4_000, status, annual, profile, parts);
        await bed.PlanAsync(await bed.PutStudyAsync("echo 1"));
        Assert.Null((await bed.RecordAsync()).Estimate!.Seconds);
    }

    [Fact]
    public async Task Rows_that_have_run_tell_where_the_base_has_not()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        await bed.RunAsync(await bed.PutStudyAsync("echo 1", "echo 2"));
        await bed.PlanAsync(await bed.PutStudyAsync("echo 1", "echo 2", "echo 3"), "two");
        var estimate = (await bed.RecordAsync()).Estimate!;
        Assert.Equal(1, estimate.RowsToRun);
        Assert.Contains("as 2 that have run did on average", estimate.How, StringComparison.Ordinal);
        Assert.NotNull(estimate.Requests);
        await bed.RunAsync(await bed.PutStudyAsync("echo 1", "echo 2"), "three");
        estimate = (await bed.RecordAsync()).Estimate!;
        Assert.Equal((0, 0.0, 0L), (estimate.RowsToRun, estimate.Seconds, estimate.Requests!.Puts));
    }

    [Fact]
    public async Task Study_above_the_limit_is_priced_and_says_that_nothing_was_started()
    {
        await using var bed = new StudyBed(settings => settings with { Studies = new() { MaxRows = 2 } });
        await bed.PutBaseAsync();
        await PutRunAsync(bed, "outputs/p/office", 120_000);
        var plan = await bed.PlanAsync(await bed.PutStudyAsync("echo 1", "echo 2", "echo 3"));
        Assert.Equal((0, 0), ((int)plan["to_run"]!, (int)plan["tickets"]!["count"]!));
        Assert.Equal((3, 360.0), ((int)plan["estimate"]!["rows_to_run"]!, (double)plan["estimate"]!["seconds"]!));
        Assert.StartsWith(
            "3 rows (about 6 min of computing) are to be run and none was started", (string)plan["message"]!, StringComparison.Ordinal);
        Assert.Equal(0, bed.Runs);
    }

    [Fact]
    public async Task Bad_record_of_the_base_is_no_estimate_and_no_failure()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        await bed.Files.WriteTextAsync("outputs/p/office/run.json", "{\"status\": 17");
        await bed.PlanAsync(await bed.PutStudyAsync("echo 1"));
        Assert.Null((await bed.RecordAsync()).Estimate!.Seconds);
    }

    [Fact]
    public async Task What_plan_and_collect_take_is_told_once_for_each()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var plan = await bed.PlanAsync(await bed.PutStudyAsync("echo 1"));
        var planned = (await bed.RecordAsync()).OwnUsage!.Puts; // a bucket in memory counts nothing but the record's own write
        Assert.Equal(1, planned);
        foreach (var ticket in await bed.TicketsAsync(plan)) await bed.CallAsync(ticket);
        await bed.CollectAsync(plan);
        Assert.Equal(2, (await bed.RecordAsync()).OwnUsage!.Puts);
    }

    [Fact]
    public void Looks_at_the_claim_and_progress_count_for_as_long_as_EnergyPlus_runs()
    {
        // Looks after 2, 6, 14, 22 s; the third and the fourth tell progress, which is removed in the end.
        var cost = new RowCost(new());
        Assert.Equal(new Requests(5, 2, 0, 0), cost.OfRow(Row(), Example with { SimulatedSeconds = 1.9 }));
        Assert.Equal(new Requests(5, 4, 0, 0), cost.OfRow(Row(), Example with { SimulatedSeconds = 13 }));
        Assert.Equal(new Requests(7, 6, 0, 1), cost.OfRow(Row(), Example with { SimulatedSeconds = 23 }));
        Assert.Equal(
            new Requests(5, 2, 0, 0),
            new RowCost(new() { ProgressInterval = TimeSpan.Zero }).OfRow(Row(), Example with { SimulatedSeconds = 900 }));
    }

    [Fact]
    public void Large_files_go_in_parts_and_what_lies_in_a_folder_is_listed()
    {
        var cost = new RowCost(new());
        var quick = Example with { SimulatedSeconds = 1 };
        Assert.Equal(new Requests(4, 3, 1, 0), cost.OfRow(Row(), quick with { FileBytes = [5 << 20] }));
        Assert.Equal(new Requests(3 + 2 + 9, 4, 1, 0), cost.OfRow(Row(), quick with { FileBytes = [70_000_000] }));
        Assert.Equal(new Requests(3 + 2 + 9, 4, 1, 0), cost.OfRow(Row(), quick with { FileBytes = [], AheadBytes = [70_000_000] }));
        Assert.Equal(
            new Requests(3 + 2 + 3, 5, 2, 0),
            cost.OfRow(Row() with { HasFolder = true }, quick with { FileBytes = [], AheadBytes = [20_000_000] }));
        Assert.Equal(new Requests(5, 5, 1, 0), cost.OfRow(Row() with { HasFolder = true, Companions = 3 }, quick));
    }

    [Fact]
    public void Call_brings_each_base_and_each_weather_once()
    {
        var a = Row() with { OfBase = new(0, 3, 0, 0), OfWeather = new(0, 1, 1, 0) };
        EstimatedRow[] rows = [a, a, a with { Weather = "w.epw" }, a with { Base = "inputs/other.idf" }];
        Assert.Equal(new Requests(0, 4 + (2 * 3) + 3, 3, 0), RowCost.OfCall(rows));
    }

    private static EstimatedRow Row() => new("a", "inputs/office.idf", null, new());

    private static Task PutRunAsync(
        StudyBed bed, string folder, long ms, RunStatus status = RunStatus.Completed, bool annual = false, string profile = "all",
        int parts = 0)
    {
        var record = new RunRecord
        {
            RunId = "0", Status = status, Input = new("bucket", "inputs/p/office.idf"), StartedAt = DateTimeOffset.UnixEpoch,
            TimingsMs = new() { Total = ms, Simulate = 1_000 },
            Options = new() { Annual = annual, ExpandObjects = true, Profile = profile, Timeseries = true, ReportMeters = true },
            Segments = parts > 0 ? new("year", parts, [], [], []) : null,
            Files = [new("a.csv", 100, "text/csv", "00"), new("b.csv", 200, "text/csv", "00")],
        };
        return bed.Files.WriteBytesAsync(folder + "/run.json", RunRecordFile.ToJson(record));
    }
}
