using System.Text.Json.Nodes;

using IdfKit.Runs;
using IdfKit.Studies;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>The rows of a planned study: each an ordinary run, and none in the way of the others.</summary>
public sealed class StudyRowsTests
{
    [Fact]
    public async Task Planned_rows_are_run_in_folders_of_their_own_and_name_the_study()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var study = await bed.PutStudyAsync("true", "echo two");
        var plan = await bed.PlanAsync(study);
        Assert.Equal("planned", (string)plan["status"]!);
        Assert.Equal((2, 2, 2), ((int)plan["total"]!, (int)plan["to_run"]!, (int)plan["tickets"]!["count"]!));
        Assert.Equal("s3://bucket/outputs/p/office.study/", (string)plan["study"]!);
        Assert.Equal(StudyStatus.Planned, (await bed.RecordAsync()).Status);

        var tickets = await bed.TicketsAsync(plan);
        var answer = await bed.CallAsync(tickets[0]);
        Assert.Equal(("ran", 0, 0), ((string)answer["status"]!, (int)answer["left"]!, (int)answer["wait"]!));
        Assert.Equal(1, (int)answer["ended"]!["completed"]!);
        Assert.Equal(StudyStatus.Running, (await bed.RecordAsync()).Status);
        await bed.CallAsync(tickets[1]);

        var row = await bed.RowAsync("row2");
        Assert.Equal((RunStatus.Completed, "inputs/p/office.idf"), (row.Status, row.Input.Key));
        Assert.Equal((StudyBed.Csv, "row2", 2), (row.Study!.Key, row.Study.Name, row.Study.Row));
        Assert.Equal((string)study["etag"]!, row.Study.ETag);
        Assert.Equal("echo two\n", await bed.Files.ReadTextAsync(StudyBed.Folder + "/runs/row2/eplusout.eso"));
        Assert.Equal(2, bed.Runs);
        Assert.All(
            bed.Pipeline.Seen.Writes, write => Assert.Contains(" outputs/p/office.study/", write, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_has_run_is_not_run_again()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        string[] rows = ["true", "echo 2", "echo 3", "fatal"];
        await RunRowsAsync(bed, await bed.PutStudyAsync(rows));
        Assert.Equal(4, bed.Runs);

        rows[1] = "echo 22";
        var plan = await RunRowsAsync(bed, await bed.PutStudyAsync(rows), "two");
        Assert.Equal((4, 1), ((int)plan["total"]!, (int)plan["to_run"]!));
        Assert.Equal(5, bed.Runs);
        Assert.Equal("echo 22\n", await bed.Files.ReadTextAsync(StudyBed.Folder + "/runs/row2/eplusout.eso"));

        await bed.PutBaseAsync(); // the same bytes
        Assert.Equal(0, (int)(await bed.PlanAsync(await bed.PutStudyAsync(rows), "three"))["to_run"]!);
    }

    [Fact]
    public async Task Trouble_of_a_row_stops_no_other()
    {
        await using var bed = new StudyBed(settings => settings with { Studies = new() { Concurrency = 1 } });
        await bed.PutBaseAsync();
        var plan = await bed.PlanAsync(await bed.PutStudyAsync("true", "fatal", "kill -9 $$", "echo 4", "echo 5"));
        var tickets = await bed.TicketsAsync(plan);
        Assert.Equal(3, tickets.Count); // packed: more than four for the one that is under way
        var ended = new List<JsonNode>();
        foreach (var ticket in tickets) ended.Add((await bed.CallAsync(ticket))["ended"]!);
        Assert.Equal(RunStatus.Failed, (await bed.RowAsync("row2")).Status);
        Assert.Equal(RunStatus.Crashed, (await bed.RowAsync("row3")).Status);
        Assert.Equal(3, ended.Sum(one => (int?)one["completed"] ?? 0));
    }

    private static async Task<JsonObject> RunRowsAsync(StudyBed bed, JsonObject study, string execution = "one")
    {
        var plan = await bed.PlanAsync(study, execution);
        foreach (var ticket in await bed.TicketsAsync(plan)) Assert.Equal(0, (int)(await bed.CallAsync(ticket))["left"]!);
        return plan;
    }
}
