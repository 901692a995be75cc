using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Runs;
using IdfKit.Studies;

namespace IdfKit.EndToEnd.Tests;

/// <summary>
/// The template's state machine for studies, interpreted by moto, calling the real function process with the real EnergyPlus.
/// </summary>
public sealed class StudyMachineTests(EventServer server, TransformedTemplate template) : IClassFixture<TransformedTemplate>
{
    private const string Key = "inputs/s/office.study.csv", Folder = "outputs/s/office.study";

    [Fact]
    public async Task Study_is_run_whatever_is_refused_or_killed_meanwhile_and_again_only_where_it_was_changed()
    {
        const int Rows = 40;
        await using var bed = await StartAsync();
        await DropInputsAsync(bed);
        string[] rows = [.. Enumerable.Range(1, Rows - 1).Select(row => $"r{row},{row},"), "hopeless,,Nothing of that name"];
        await DropStudyAsync(bed, rows);
        bed.Front.RefuseOnce(Key, 429, "TooManyRequestsException");
        bed.Front.RefuseOnce("\"r15\"", 500, "ServiceException");
        bed.Front.RefuseOnce("\"collect\"", 429, "TooManyRequestsException");

        using var steps = await bed.StepsAsync();
        var running = steps.RunAsync("study", bed.Machine(), Event(bed, "0A"));
        await KilledInsideRowAsync(bed, "r25", running);
        var study = await running;

        Assert.True(study.GetProperty("status").GetString() == "SUCCEEDED", study + "\n" + bed.Cloud.Log);
        Assert.Empty(bed.Front.NotRefused);
        var answer = bed.OutputOf(study);
        Assert.Equal(("collected", Rows, 0), (
            answer.GetProperty("status").GetString(), answer.GetProperty("rows").GetInt32(), answer.GetProperty("not_run").GetInt32()));
        var record = await RecordAsync(bed);
        Assert.Equal((StudyStatus.Collected, Rows, Rows - 1), (record.Status, record.Rows, record.Counts["completed"]));
        Assert.Equal("hopeless", Assert.Single(record.Failures).Examples[0]);
        Assert.Equal(4, bed.Front.Calls.Where(call => call.Status == 200).Select(TicketOf).OfType<int>().Distinct().Count());
        Assert.Equal(Rows + 1, await TableLinesAsync(bed));
        Assert.NotNull(await bed.Cloud.ReadAsync(Folder + "/index.html"));
        var first = await RunIdsAsync(bed);
        var calls = bed.Front.Calls.Where(call => call.Status == 200 && TicketOf(call) is not null);
        Assert.Contains(":execution:study:", Assert.Single(calls.Select(ExecutionOf).Distinct()), StringComparison.Ordinal);

        // The same event once more.
        using var second = await bed.StepsAsync("us-west-2"); // a region runs one execution
        var again = await second.RunAsync("again", bed.Machine(), Event(bed, "0A"));
        Assert.Equal("duplicate", bed.OutputOf(again).GetProperty("planned").GetProperty("answer").GetProperty("status").GetString());

        // Three rows changed, one taken out.
        rows = [.. rows.Skip(1).Select((row, at) => at < 3 ? row + "Brick" : row)];
        await DropStudyAsync(bed, rows);
        using var third = await bed.StepsAsync("eu-west-1");
        var edited = await third.RunAsync("edited", bed.Machine(), Event(bed, "0B"));
        Assert.True(edited.GetProperty("status").GetString() == "SUCCEEDED", edited + "\n" + bed.Cloud.Log);
        var changed = (await RunIdsAsync(bed)).Where(run => first[run.Key] != run.Value).Select(run => run.Key);
        Assert.Equal(["r2", "r3", "r4"], changed.Order(StringComparer.Ordinal));
        Assert.Equal(Rows, await TableLinesAsync(bed));
    }

    [Fact]
    public async Task Refused_study_ends_its_execution_well_and_says_why_in_its_record()
    {
        await using var bed = await StartAsync();
        await DropInputsAsync(bed);
        await DropStudyAsync(bed, ["a,north,"]);
        using var steps = await bed.StepsAsync();
        var study = await steps.RunAsync("study", bed.Machine(), Event(bed, "0A"));
        Assert.True(study.GetProperty("status").GetString() == "SUCCEEDED", study + "\n" + bed.Cloud.Log);
        var record = await RecordAsync(bed);
        Assert.Equal(StudyStatus.Refused, record.Status);
        Assert.Contains("north", Assert.Single(record.Faults), StringComparison.Ordinal);
        Assert.Empty(await bed.Cloud.KeysAsync(Folder + "/runs"));
    }

    [Fact]
    public async Task Study_that_comes_before_its_model_is_run_when_that_has_arrived()
    {
        await using var bed = await StartAsync();
        await DropStudyAsync(bed, ["north,0,", "east,90,"]);
        var machine = bed.Machine();
        machine["States"]!["WaitForItsFiles"]!["Seconds"] = 1;
        using var steps = await bed.StepsAsync();
        var running = steps.RunAsync("study", machine, Event(bed, "0A"));
        while (await bed.Cloud.ReadAsync(Folder + "/study.json") is null)
        {
            Assert.False(running.IsCompleted, "The study did not wait.\n" + bed.Cloud.Log);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.Equal(StudyStatus.Waiting, (await RecordAsync(bed)).Status);
        await DropInputsAsync(bed);
        var study = await running;
        Assert.True(study.GetProperty("status").GetString() == "SUCCEEDED", study + "\n" + bed.Cloud.Log);
        Assert.Equal(2, (await RecordAsync(bed)).Counts["completed"]);
    }

    private Task<MachineBed> StartAsync() => MachineBed.StartAsync(
        server, MachineBed.Studies(template), "Rows", ("IDFKIT_STUDIES", "machine"), ("IDFKIT_STUDY_CONCURRENCY", "1"));

    private static async Task DropInputsAsync(MachineBed bed)
    {
        await bed.Cloud.DropTextAsync("inputs/s/office.idf", DesignDays.Model);
        await bed.Cloud.DropAsync("inputs/s/office.epw", Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"));
    }

    private static Task DropStudyAsync(MachineBed bed, IEnumerable<string> rows) => bed.Cloud.DropTextAsync(
        Key, string.Join('\n', rows.Prepend("name,Building//North Axis,Construction/Flat roof/Outside Layer")) + "\n");

    private static JsonObject Event(MachineBed bed, string sequencer) => new()
    {
        ["bucket"] = new JsonObject { ["name"] = bed.Cloud.Bucket },
        ["object"] = new JsonObject { ["key"] = Key, ["sequencer"] = sequencer },
    };

    /// <summary>Kills the function while it runs a row.</summary>
    private static async Task KilledInsideRowAsync(MachineBed bed, string row, Task<JsonElement> running)
    {
        while (await bed.Cloud.ReadAsync($"{Folder}/runs/{row}/run.json") is null)
        {
            Assert.False(running.IsCompleted, "The study ended without the row.\n" + bed.Cloud.Log);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        foreach (var process in bed.Cloud.Function.ProcessIds)
            await Signals.SendAsync("KILL", process, TestContext.Current.CancellationToken);
    }

    private static int? TicketOf(LambdaCall call)
    {
        using var payload = JsonDocument.Parse(call.Payload);
        return payload.RootElement.TryGetProperty("ticket", out var ticket) ? ticket.GetInt32() : null;
    }

    private static string? ExecutionOf(LambdaCall call)
    {
        using var payload = JsonDocument.Parse(call.Payload);
        return payload.RootElement.GetProperty("execution").GetString();
    }

    private static async Task<int> TableLinesAsync(MachineBed bed) =>
        Encoding.UTF8.GetString((await bed.Cloud.ReadAsync(Folder + "/results.csv"))!)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>The id of the run of each row of the table.</summary>
    private static async Task<Dictionary<string, string>> RunIdsAsync(MachineBed bed)
    {
        Dictionary<string, string> ids = [];
        foreach (var key in await bed.Cloud.KeysAsync(Folder + "/runs"))
            if (key.EndsWith("/run.json", StringComparison.Ordinal))
                ids[key.Split('/')[^2]] = RunRecordFile.FromJson((await bed.Cloud.ReadAsync(key))!)!.RunId;
        return ids;
    }

    private static async Task<StudyRecord> RecordAsync(MachineBed bed) =>
        StudyRecordFile.FromJson((await bed.Cloud.ReadAsync(Folder + "/study.json"))!)!;
}
