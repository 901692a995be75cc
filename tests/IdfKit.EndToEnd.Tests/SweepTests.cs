using System.Text.Json;
using System.Text.Json.Nodes;
using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Runs;

namespace IdfKit.EndToEnd.Tests;

/// <summary>
/// The state machine of examples/distributed-map, interpreted by moto, calling the real function process with the real EnergyPlus.
/// </summary>
public sealed class SweepTests(EventServer server)
{
    private static readonly string[] Good = ["one", "two", "throttled", "unlucky"];
    private static readonly string Broken =
        DesignDays.Model.Replace("Material, Concrete,", "Material, Concrete is not here,", StringComparison.Ordinal);

    [Fact]
    public async Task Sweep_runs_its_models_retries_what_is_refused_and_answers_the_next_one_from_the_records()
    {
        await using var bed = await MachineBed.StartAsync(server, await SweepTemplate.MachineAsync(), "EveryModel");
        foreach (var name in Good) await bed.Cloud.DropTextAsync($"inputs/{name}.idf", DesignDays.Model);
        await bed.Cloud.DropTextAsync("inputs/broken.idf", Broken);
        await bed.Cloud.DropTextAsync("inputs/notes.txt", "no model");
        string[] inputs = [.. Good.Select(name => name + ".idf"), "broken.idf", "notes.txt"];
        await bed.ListAsync("sweeps/models.json", inputs);
        bed.Front.RefuseOnce("throttled.idf", 429, "TooManyRequestsException");
        bed.Front.RefuseOnce("unlucky.idf", 500, "ServiceException");
        var list = new JsonObject { ["list"] = "sweeps/models.json" };

        // As the example has it.
        using var steps = await bed.StepsAsync();
        var sweep = await steps.RunAsync("sweep", bed.Machine(), list);
        Assert.True(sweep.GetProperty("status").GetString() == "SUCCEEDED", sweep + "\n" + bed.Cloud.Log);
        var written = bed.OutputOf(sweep).GetProperty("ResultWriterDetails");
        Assert.Equal(bed.Cloud.Bucket, written.GetProperty("Bucket").GetString());
        Assert.StartsWith("sweeps/results/", written.GetProperty("Key").GetString(), StringComparison.Ordinal);
        Assert.NotNull(await bed.Cloud.ReadAsync(written.GetProperty("Key").GetString()!));

        var counts = (await steps.CallAsync("DescribeMapRun",
            new JsonObject { ["mapRunArn"] = bed.OutputOf(sweep).GetProperty("MapRunArn").GetString() })).GetProperty("itemCounts");
        Assert.Equal((6, 4, 2),
            (counts.GetProperty("total").GetInt32(), counts.GetProperty("succeeded").GetInt32(), counts.GetProperty("failed").GetInt32()));

        var records = new Dictionary<string, RunRecord>();
        foreach (var name in Good.Append("broken")) records[name] = await bed.Cloud.RecordAsync("outputs/" + name);
        foreach (var name in Good) Assert.Equal(RunStatus.Completed, records[name].Status);
        Assert.Equal(RunStatus.Failed, records["broken"].Status);
        Assert.Empty(await bed.Cloud.KeysAsync("outputs/notes"));
        Assert.Equal([429, 200], bed.StatusesOf("throttled.idf"));
        Assert.Equal([500, 200], bed.StatusesOf("unlucky.idf"));
        Assert.Equal([200], bed.StatusesOf("one.idf"));
        Assert.Equal([200], bed.StatusesOf("broken.idf"));

        // The same list again, with its results as the output: the records answer, nothing runs.
        using var elsewhere = await bed.StepsAsync("us-west-2");
        var again = await elsewhere.RunAsync("again", bed.Machine(map => map.Remove("ResultWriter")), list);
        Assert.True(again.GetProperty("status").GetString() == "SUCCEEDED", again + "\n" + bed.Cloud.Log);
        var outputs = bed.OutputOf(again).EnumerateArray().ToList();
        Assert.Equal(inputs.Length, outputs.Count);
        for (var at = 0; at < Good.Length; at++)
        {
            Assert.Equal((bed.Url(inputs[at]), "completed", records[Good[at]].RunId),
                (outputs[at].GetProperty("input").GetString(), outputs[at].GetProperty("status").GetString(),
                    outputs[at].GetProperty("run_id").GetString()));
        }
        Assert.All(outputs[Good.Length..], output => Assert.Equal(JsonValueKind.Null, output.ValueKind));
        foreach (var (name, record) in records) Assert.Equal(record.RunId, (await bed.Cloud.RecordAsync("outputs/" + name)).RunId);
    }

    [Theory]
    [InlineData("inputs/broken.idf", "failed")]
    [InlineData("inputs/empty.idf", "rejected")]
    [InlineData("inputs/notes.txt", "ignored")]
    public async Task Model_that_does_not_complete_fails_its_execution_with_the_records_words(string key, string error)
    {
        await using var bed = await MachineBed.StartAsync(server, await SweepTemplate.MachineAsync(), "EveryModel");
        await bed.Cloud.DropTextAsync(key, key switch
        {
            "inputs/broken.idf" => Broken,
            _ => "",
        });
        var child = (JsonObject)bed.Machine()["States"]!["EveryModel"]!["ItemProcessor"]!.DeepClone();
        child.Remove("ProcessorConfig");

        using var steps = await bed.StepsAsync();
        var execution = await steps.RunAsync("child", child, new JsonObject { ["input"] = $"s3://{bed.Cloud.Bucket}/{key}" });

        Assert.Equal(("FAILED", error), (execution.GetProperty("status").GetString(), execution.GetProperty("error").GetString()));
        var cause = execution.GetProperty("cause").GetString();
        if (error == "ignored") Assert.Contains("ignored", cause, StringComparison.Ordinal);
        else Assert.Equal((await bed.Cloud.RecordAsync("outputs/" + Path.GetFileNameWithoutExtension(key))).Message, cause);
    }
}
