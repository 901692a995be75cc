using System.Text.Json.Nodes;

using IdfKit.Runs;
using IdfKit.Studies;

using NJsonSchema;

using TestBed;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>The table of what there is, whatever happened before.</summary>
public sealed class StudyCollectTests
{
    private static readonly string[] Made = ["results.csv", "results.parquet", "study.json"];

    [Fact]
    public async Task Rows_without_a_run_are_counted_and_the_table_has_them_all()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var plan = await bed.PlanAsync(await bed.PutStudyAsync("echo 1", "fatal", "echo 3"));
        var tickets = await bed.TicketsAsync(plan);
        foreach (var ticket in tickets.Take(2)) await bed.CallAsync(ticket);
        var answer = await bed.CollectAsync(plan);
        Assert.Equal(("collected", 3, 1), ((string)answer["status"]!, (int)answer["rows"]!, (int)answer["not_run"]!));
        Assert.Equal((1, 1), ((int)answer["ended"]!["completed"]!, (int)answer["ended"]!["failed"]!));
        Assert.Equal("s3://bucket/outputs/p/office.study/results.csv", (string)answer["table"]!);
        var lines = (await bed.Files.ReadTextAsync(StudyBed.Folder + "/results.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("row3,echo 3,not_run", lines[3].TrimEnd('\r'), StringComparison.Ordinal);

        await bed.CallAsync(tickets[2]);
        answer = await bed.CollectAsync(plan);
        Assert.Equal(0, (int)answer["not_run"]!);
        Assert.StartsWith("3 of 3 rows have ended", (string)answer["message"]!, StringComparison.Ordinal);
        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("docs", "schemas", "study.schema.json"));
        Assert.Empty(schema.Validate(await bed.Files.ReadTextAsync(StudyBed.Folder + "/study.json")).Select(error => error.ToString()));
    }

    [Fact]
    public async Task Run_of_other_values_is_not_taken_for_one_of_the_edited_row()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        await bed.RunAsync(await bed.PutStudyAsync("echo 1", "echo 2"));
        var edited = await bed.PlanAsync(await bed.PutStudyAsync("echo 1", "echo 22"), "two");
        Assert.Equal((1, 1), ((int)(await bed.CollectAsync(edited))["not_run"]!, (await bed.RecordAsync()).Counts["completed"]));
    }

    [Fact]
    public async Task Study_and_bases_that_are_gone_leave_the_table_to_be_made()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var plan = await bed.PlanAsync(await bed.PutStudyAsync("echo 1"));
        await bed.CallAsync((await bed.TicketsAsync(plan))[0]);
        await bed.Files.RemoveAsync(StudyBed.Csv);
        await bed.Files.RemoveAsync("inputs/p/office.idf");
        Assert.Equal(0, (int)(await bed.CollectAsync(plan))["not_run"]!);
    }

    [Fact]
    public async Task Only_records_that_have_changed_are_read_again()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        string[] rows = ["echo 1", "echo 2", "echo 3"];
        await bed.RunAsync(await bed.PutStudyAsync(rows));
        rows[1] = "echo 22";
        var plan = await bed.PlanAsync(await bed.PutStudyAsync(rows), "two");
        await bed.CallAsync((await bed.TicketsAsync(plan))[0]);
        bed.Pipeline.Seen.Clear();
        await bed.CollectAsync(plan);
        Assert.Equal(
            ["Read outputs/p/office.study/runs/row2/run.json"],
            bed.Pipeline.Seen.Requests.Where(request => request.EndsWith("/run.json", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_at_once_leave_what_one_would()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var plan = await bed.PlanAsync(await bed.PutStudyAsync("echo 1", "fatal", "echo 3"));
        foreach (var ticket in await bed.TicketsAsync(plan)) await bed.CallAsync(ticket);
        await bed.CollectAsync(plan);
        var alone = await ContentsAsync(bed);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bed.CollectAsync(plan)));
        Assert.All(answers, answer => Assert.Equal(0, (int)answer["not_run"]!));
        Assert.Equal(alone, await ContentsAsync(bed));
    }

    [Fact]
    public async Task Collect_that_began_before_the_last_row_ended_does_not_hide_it()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var plan = await bed.PlanAsync(await bed.PutStudyAsync("echo 1", "echo 2"));
        var tickets = await bed.TicketsAsync(plan);
        await bed.CallAsync(tickets[0]);
        bed.Pipeline.Seen.Before = async request =>
        {
            if (request != "Upload outputs/p/office.study/results.csv") return; // the early one has made its table
            bed.Pipeline.Seen.Before = null;
            await bed.CallAsync(tickets[1]);
            await bed.CollectAsync(plan);
        };
        await bed.CollectAsync(plan);
        Assert.Null(bed.Pipeline.Seen.Before);
        Assert.DoesNotContain("not_run", await bed.Files.ReadTextAsync(StudyBed.Folder + "/results.csv"), StringComparison.Ordinal);
        Assert.Equal(2, (await bed.RecordAsync()).Counts["completed"]);
    }

    [Fact]
    public async Task Anybody_may_collect_while_rows_run()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var plan = await bed.PlanAsync(await bed.PutStudyAsync("echo 1", "echo 2"));
        var somebody = new JsonObject { ["collect"] = (string)plan["study"]! };
        Assert.Equal(2, (int)(await bed.CallAsync(somebody))["not_run"]!);
        foreach (var ticket in await bed.TicketsAsync(plan)) Assert.Equal("ran", (string)(await bed.CallAsync(ticket))["status"]!);
        Assert.Equal(0, (int)(await bed.CallAsync(somebody))["not_run"]!);
    }

    [Fact]
    public async Task Row_that_died_in_the_middle_is_not_run_when_the_execution_is_over()
    {
        await using var bed = new StudyBed();
        await bed.PutBaseAsync();
        var plan = await bed.PlanAsync(await bed.PutStudyAsync("echo 1"));
        var planned = (await bed.TicketsAsync(plan))[0]["rows"]![0]!;
        await bed.PutRowAsync("row1", new()
        {
            RunId = "dead", Status = RunStatus.Running, Input = new("bucket", "inputs/p/office.idf"),
            Study = new(StudyBed.Csv, "row1", 1, (string)planned["identity"]!), StartedAt = DateTimeOffset.UtcNow,
        });
        Assert.Equal(1, (int)(await bed.CollectAsync(plan))["not_run"]!);
        Assert.Equal(StudyStatus.Collected, (await bed.RecordAsync()).Status);
    }

    private static async Task<string[]> ContentsAsync(StudyBed bed)
    {
        var contents = new List<string>();
        foreach (var name in Made.SkipLast(1))
            contents.Add(Convert.ToHexString(await bed.Files.ReadBytesAsync($"{StudyBed.Folder}/{name}")));
        return [.. contents];
    }
}
