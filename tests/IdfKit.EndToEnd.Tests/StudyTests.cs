using System.Text;
using System.Text.Json.Nodes;

using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Runs;
using IdfKit.Studies;

namespace IdfKit.EndToEnd.Tests;

/// <summary>A study in the bucket: run by the function itself, and by the three calls that a state machine makes.</summary>
public sealed class StudyTests(EventServer server)
{
    private const string Folder = "outputs/s/office.study";

    private static readonly string OneZone = Repository.PathOf("examples", "one-zone.idf");
    private static readonly string Golden = Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw");

    [Fact]
    public async Task Dropped_study_becomes_a_run_for_each_row_and_one_table()
    {
        await using var cloud = await Cloud.StartAsync(server, ("IDFKIT_STUDIES", "self"));
        await cloud.DropTextAsync("inputs/s/office.study.csv", """
            name,Building//North Axis,Construction/Flat roof/Outside Layer
            base,,
            east,90,
            brick,,Brick
            both,90,Brick
            hopeless,,Nothing of that name
            south,180,

            """);
        await cloud.DropAsync("inputs/s/golden.epw", Golden);
        await cloud.DropAsync("inputs/s/office.idf", OneZone); // after the study, which waits for it

        var record = await CollectedAsync(cloud);
        Assert.Equal(6, record.Rows);
        Assert.True(record.Counts.GetValueOrDefault("completed") == 5, record.Message);
        Assert.Equal(6, record.Counts.Values.Sum());
        var csv = Encoding.UTF8.GetString((await cloud.ReadAsync(Folder + "/results.csv"))!);
        Assert.Equal(7, csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.NotNull(await cloud.ReadAsync(Folder + "/results.parquet"));

        // A row's results are those of the file that somebody would have written by hand.
        var text = await File.ReadAllTextAsync(OneZone, TestContext.Current.CancellationToken);
        await cloud.DropTextAsync("inputs/s/by hand.idf", Replaced(text, "North Axis", "180"));
        await cloud.RecordAsync("outputs/s/by hand");
        var byHand = Encoding.Latin1.GetString((await cloud.ReadAsync("outputs/s/by hand/eplusout.eso"))!);
        var row = Encoding.Latin1.GetString((await cloud.ReadAsync(Folder + "/runs/south/eplusout.eso"))!);
        Assert.Equal(byHand[byHand.IndexOf('\n')..], row[row.IndexOf('\n')..]);
    }

    [Fact]
    public async Task Model_with_Parametric_objects_becomes_a_run_for_each_of_its_values_and_one_table()
    {
        await using var cloud = await Cloud.StartAsync(server, ("IDFKIT_STUDIES", "self"));
        var days = DesignDays.Model;
        await cloud.DropTextAsync(
            "inputs/s/office.idf", Replaced(days, "North Axis", "=$axis") + "\nParametric:SetValueForRun, $axis, 0, 180;\n");
        var record = await CollectedAsync(cloud);
        Assert.True(record.Counts.GetValueOrDefault("completed") == 2, record.Message);
        Assert.Equal(RunReason.IsStudy, (await cloud.RecordAsync("outputs/s/office")).Reason);

        await cloud.DropTextAsync("inputs/s/by hand.idf", Replaced(days, "North Axis", "180"));
        await cloud.RecordAsync("outputs/s/by hand");
        var byHand = Encoding.Latin1.GetString((await cloud.ReadAsync("outputs/s/by hand/eplusout.eso"))!);
        var row = Encoding.Latin1.GetString((await cloud.ReadAsync(Folder + "/runs/000002/eplusout.eso"))!);
        Assert.Equal(byHand[byHand.IndexOf('\n')..], row[row.IndexOf('\n')..]);
    }

    [Fact]
    public async Task State_machine_plans_runs_and_collects_by_direct_calls()
    {
        await using var cloud = await Cloud.StartSilentAsync(
            server, ("IDFKIT_STUDIES", "machine"), ("IDFKIT_STUDY_CONCURRENCY", "1"));
        await cloud.DropAsync("inputs/s/office.idf", OneZone);
        await cloud.DropAsync("inputs/s/office.epw", Golden);
        await cloud.DropTextAsync("inputs/s/office.study.csv",
            "name,Building//North Axis\n" + string.Concat(Enumerable.Range(0, 8).Select(at => $"r{at},{at * 10}\n")));
        var event1 = (await cloud.Function.InvokeAsync(cloud.Event("inputs/s/office.study.csv", "0A"))).Payload;
        Assert.Contains("state machine", event1, StringComparison.Ordinal);

        JsonObject Call(string execution) => new()
        {
            ["plan"] = $"s3://{cloud.Bucket}/inputs/s/office.study.csv",
            ["object"] = new JsonObject { ["key"] = "inputs/s/office.study.csv", ["sequencer"] = "0A" },
            ["execution"] = execution,
        };
        var plan = await AnswerAsync(cloud, Call("arn:one"));
        Assert.Equal(("planned", 8, 4), ((string)plan["status"]!, (int)plan["to_run"]!, (int)plan["tickets"]!["count"]!));
        Assert.Equal("duplicate", (string)(await AnswerAsync(cloud, Call("arn:two")))["status"]!);
        var tickets = JsonNode.Parse((await cloud.ReadAsync((string)plan["tickets"]!["key"]!))!)!.AsArray();
        foreach (var ticket in tickets)
        {
            var answer = await AnswerAsync(cloud, ticket!.AsObject());
            Assert.Equal(("ran", 0, 2), ((string)answer["status"]!, (int)answer["left"]!, (int)answer["ended"]!["completed"]!));
        }
        var collected = await AnswerAsync(cloud, new()
        {
            ["collect"] = (string)plan["study"]!, ["plan"] = (string)plan["plan"]!, ["execution"] = "arn:one", ["map"] = new JsonObject(),
        });
        Assert.Equal(("collected", 8, 0), ((string)collected["status"]!, (int)collected["rows"]!, (int)collected["not_run"]!));
        Assert.Equal("8 of 8 rows have ended.", (string)collected["message"]!);

        var run = RunRecordFile.FromJson((await cloud.ReadAsync(Folder + "/runs/r3/run.json"))!)!;
        Assert.Equal(("inputs/s/office.study.csv", "r3", 4, 1), (run.Study!.Key, run.Study.Name, run.Study.Row, run.Study.Attempt));
        await DroppedModelTests.AssertMatchesAsync("run", (await cloud.ReadAsync(Folder + "/runs/r3/run.json"))!);
    }

    private static async Task<JsonObject> AnswerAsync(Cloud cloud, JsonObject call)
    {
        var text = (await cloud.Function.InvokeAsync(call.ToJsonString())).Payload;
        Assert.True(text.Length < 8_000);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static async Task<StudyRecord> CollectedAsync(Cloud cloud)
    {
        for (var deadline = DateTime.UtcNow.AddMinutes(3); DateTime.UtcNow < deadline;)
        {
            var json = await cloud.ReadAsync(Folder + "/study.json");
            if (json is not null && StudyRecordFile.FromJson(json) is { Status: StudyStatus.Collected } record) return record;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"The study was not collected. The function said:\n{cloud.Log}");
    }

    /// <summary>The model with another value before a comment.</summary>
    private static string Replaced(string model, string comment, string value)
    {
        var lines = model.Split('\n');
        var at = Array.FindIndex(lines, line => line.Contains("!- " + comment, StringComparison.Ordinal));
        var before = lines[at][..lines[at].IndexOf(',')];
        lines[at] = lines[at].Replace(before, before[..^before.TrimStart().Length] + value, StringComparison.Ordinal);
        return string.Join('\n', lines);
    }
}
