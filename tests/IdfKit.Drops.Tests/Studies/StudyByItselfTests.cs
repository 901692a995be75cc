using IdfKit.Runs;
using IdfKit.Studies;

using RunBed;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>A study is dropped, and the function runs it by itself.</summary>
public sealed class StudyByItselfTests
{
    private const string NeedsWeather = "SimulationControl,No,No,No,No,Yes;\nRunPeriod,Year,1,1,,12,31,,Sunday;\n";

    [Fact]
    public async Task Dropped_study_is_planned_run_and_collected()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var result = await DropAsync(bed, "name,@@do@@\na,echo 1\nb,fatal\n");
        Assert.Equal((RunResultKind.Committed, "s3://bucket/outputs/p/office.study/"), (result.Kind, result.OutputUrl));
        var record = await bed.RecordAsync();
        Assert.Equal(StudyStatus.Collected, record.Status);
        Assert.StartsWith("2 of 2 rows have ended; 1 did not complete", record.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (record.Counts["completed"], record.Counts["failed"]));
        var csv = await bed.Files.ReadTextAsync(StudyBed.Folder + "/results.csv");
        Assert.StartsWith("name,@@do@@,status", csv, StringComparison.Ordinal);
        Assert.True(await bed.Files.ExistsAsync(StudyBed.Folder + "/results.parquet"));
        var page = await bed.Files.ReadTextAsync(StudyBed.Folder + "/index.html");
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Event_that_comes_twice_runs_nothing_twice()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var drop = await bed.Pipeline.PutAsync(StudyBed.Csv, "name,@@do@@\na,echo 1\n");
        await bed.Pipeline.DeliverAsync(drop);
        Assert.Equal(RunResultKind.Duplicate, Assert.Single(await bed.Pipeline.DeliverAsync(drop)).Kind);
        Assert.Equal(1, bed.Runs);
    }

    [Fact]
    public async Task More_rows_than_it_runs_by_itself_are_planned_with_what_to_do()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var rows = string.Concat(Enumerable.Range(0, 21).Select(row => $"row{row},echo {row}\n"));
        await DropAsync(bed, "name,@@do@@\n" + rows);
        var record = await bed.RecordAsync();
        Assert.Equal(StudyStatus.Planned, record.Status);
        Assert.Contains("Studies=true", record.Message!, StringComparison.Ordinal);
        Assert.Equal(0, bed.Runs);
    }

    [Fact]
    public async Task Time_that_does_not_suffice_leaves_rows_for_the_next_delivery()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var drop = await bed.Pipeline.PutAsync(StudyBed.Csv, "name,@@do@@\na,echo 1\nb,echo 2\n");
        await Assert.ThrowsAsync<RunDeferredException>(() => bed.Pipeline.DeliverAsync(drop, TimeSpan.FromSeconds(50)));
        var record = await bed.RecordAsync();
        Assert.Equal((1, 1), (record.Counts["completed"], record.Counts["not_run"]));
        await bed.Pipeline.DeliverAsync(drop);
        Assert.Equal("2 of 2 rows have ended.", (await bed.RecordAsync()).Message);
        Assert.Equal(2, bed.Runs);
    }

    [Fact]
    public async Task Machine_is_left_its_studies()
    {
        await using var bed = new StudyBed(settings => settings with { Studies = new() { ByMachine = true } });
        await bed.PutBaseAsync();
        Assert.Equal(RunResultKind.Ignored, (await DropAsync(bed, "name,@@do@@\na,echo 1\n")).Kind);
        Assert.Empty(bed.Pipeline.Seen.Writes);
    }

    [Theory]
    [InlineData("inputs/p/office.idf", true)]
    [InlineData("inputs/p/office.epJSON", false)]
    public async Task Base_that_comes_after_the_study_starts_it(string key, bool isMade)
    {
        await using var bed = new StudyBed();
        await DropAsync(bed, "name,@@do@@\na,echo 1\n");
        Assert.Equal(StudyStatus.Waiting, (await bed.RecordAsync()).Status);
        var text = bed.Pipeline.EnergyPlus.CountedModel("echo @@do@@");
        var results = await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync(key, isMade ? text : "{}"));
        Assert.Equal(isMade ? 3 : 2, results.Count); // the model, the study, its row
        Assert.NotEqual(StudyStatus.Waiting, (await bed.RecordAsync()).Status);
        if (isMade) Assert.Equal(1, (await bed.RecordAsync()).Counts["completed"]);
    }

    [Fact]
    public async Task Weather_that_comes_after_the_study_starts_it()
    {
        await using var bed = new StudyBed();
        await bed.Files.WriteTextAsync("inputs/p/office.idf", bed.Pipeline.EnergyPlus.CountedModel("echo @@do@@") + NeedsWeather);
        var drop = await bed.Pipeline.PutAsync(StudyBed.Csv, "name,@@do@@\na,echo 1\n");
        await bed.Pipeline.DeliverAsync(drop);
        var record = await bed.RecordAsync();
        Assert.Equal((StudyStatus.Waiting, drop.Sequencer), (record.Status, record.Sequencer));
        await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync("inputs/p/any.epw", Weather.Text(20)));
        record = await bed.RecordAsync();
        Assert.Equal((StudyStatus.Collected, 1, drop.Sequencer), (record.Status, record.Counts["completed"], record.Sequencer));
    }

    [Fact]
    public async Task Weather_that_a_row_names_is_waited_for_and_used()
    {
        await using var bed = new StudyBed();
        await bed.Files.WriteTextAsync("inputs/p/office.idf", bed.Pipeline.EnergyPlus.CountedModel("echo @@do@@") + NeedsWeather);
        await DropAsync(bed, "name,weather,@@do@@\na,w/one.epw,echo 1\nb,w/two.epw,echo 1\n");
        Assert.Equal(StudyStatus.Waiting, (await bed.RecordAsync()).Status);
        await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync("inputs/p/w/one.epw", Weather.Text(20)));
        Assert.Equal(StudyStatus.Waiting, (await bed.RecordAsync()).Status);
        await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync("inputs/p/w/two.epw", Weather.Text(21)));
        Assert.Equal(2, (await bed.RecordAsync()).Counts["completed"]);
        Assert.Equal("inputs/p/w/two.epw", (await bed.RowAsync("b")).Weather!.Key);
        Assert.Equal(2, bed.Runs);
    }

    [Fact]
    public async Task Model_starts_no_study_that_does_not_wait_and_a_study_starts_no_model()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        await DropAsync(bed, "name,@@do@@\na,echo 1\n");
        Assert.False(await bed.Files.ExistsAsync("outputs/p/office/run.json"));
        Assert.False(await bed.Files.ExistsAsync("outputs/p/office.study.csv/run.json"));
        var text = bed.Pipeline.EnergyPlus.CountedModel();
        Assert.Single(await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync("inputs/p/office.idf", text)));
        Assert.Equal(2, bed.Runs);
    }

    [Fact]
    public async Task Study_that_was_given_up_says_so_with_the_table_of_what_there_is()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var study = await bed.PutStudyAsync("echo 1", "echo 2");
        var plan = await bed.PlanAsync(study);
        await bed.CallAsync((await bed.TicketsAsync(plan))[0]);
        var drop = new DroppedObject("bucket", ObjectKey.FromText(StudyBed.Csv)) { Sequencer = (string)study["sequencer"]! };
        var delivery = new Delivery("letter", DateTimeOffset.UtcNow.AddMinutes(5));
        await bed.Pipeline.Pipeline.GiveUpAsync(drop, new(GivenUpCause.Killed) { Attempts = 3 }, delivery);
        var record = await bed.RecordAsync();
        Assert.Equal((StudyStatus.Collected, 1), (record.Status, record.Counts["not_run"]));
        Assert.Contains("given up after 3 attempts", record.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Study_of_another_bucket_in_the_same_folder_is_not_given_up_for_this_one()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var study = await bed.PutStudyAsync("echo 1", "echo 2");
        await bed.CallAsync((await bed.TicketsAsync(await bed.PlanAsync(study)))[0]);
        var (before, writes) = (await bed.Files.ReadTextAsync(StudyBed.Folder + "/study.json"), bed.Pipeline.Seen.Writes.Count);
        var drop = new DroppedObject("other", ObjectKey.FromText(StudyBed.Csv)) { Sequencer = (string)study["sequencer"]! };
        var delivery = new Delivery("letter", DateTimeOffset.UtcNow.AddMinutes(5));
        var result = Assert.Single(await bed.Pipeline.Pipeline.GiveUpAsync(drop, new(GivenUpCause.Killed) { Attempts = 3 }, delivery));
        Assert.Equal((RunResultKind.Ignored, null), (result.Kind, result.OutputUrl));
        Assert.Contains("s3://bucket/" + StudyBed.Csv, result.Explanation, StringComparison.Ordinal);
        Assert.Equal((before, writes), (await bed.Files.ReadTextAsync(StudyBed.Folder + "/study.json"), bed.Pipeline.Seen.Writes.Count));
    }

    private static async Task<RunResult> DropAsync(StudyBed bed, string csv) =>
        (await bed.Pipeline.DeliverAsync(await bed.Pipeline.PutAsync(StudyBed.Csv, csv)))[0];
}
