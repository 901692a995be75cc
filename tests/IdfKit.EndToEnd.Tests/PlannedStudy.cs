using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.S3.Model;

using TestBed;

using IdfKit.Runs;
using IdfKit.Studies;

namespace IdfKit.EndToEnd.Tests;

/// <summary>A study that the function has planned for workers, and what became of its rows.</summary>
internal sealed class PlannedStudy
{
    public const string Key = "inputs/s/office.study.csv", Folder = "outputs/s/office.study";

    private readonly Cloud _cloud;

    private PlannedStudy(Cloud cloud, JsonObject answer) => (_cloud, Answer) = (cloud, answer);

    /// <summary>What the call <c>plan</c> was answered.</summary>
    public JsonObject Answer { get; }

    public string Tickets => $"s3://{(string)Answer["tickets"]!["bucket"]!}/{(string)Answer["tickets"]!["key"]!}";

    /// <summary>Puts a base that runs in half a second, with a study of so many rows, and has it planned.</summary>
    public static async Task<PlannedStudy> PutAsync(Cloud cloud, int rows, string execution, int turned = 0)
    {
        if (await cloud.ReadAsync("inputs/s/office.idf") is null)
        {
            await cloud.DropTextAsync("inputs/s/office.idf", DesignDays.Model);
            await cloud.DropAsync("inputs/s/office.epw", Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"));
        }
        var lines = Enumerable.Range(1, rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"r{row},{row + turned}\n"));
        return await PlanAsync(cloud, "name,Building//North Axis\n" + string.Concat(lines), execution);
    }

    /// <summary>Puts a study's file, and has it planned.</summary>
    public static async Task<PlannedStudy> PlanAsync(Cloud cloud, string csv, string execution)
    {
        await cloud.DropTextAsync(Key, csv);
        var answer = await CallAsync(cloud, new() { ["plan"] = $"s3://{cloud.Bucket}/{Key}", ["execution"] = execution });
        Assert.True((string)answer["status"]! == "planned", answer.ToJsonString());
        return new(cloud, answer);
    }

    public Task<JsonObject> CollectAsync(string execution) => CallAsync(
        _cloud, new() { ["collect"] = (string)Answer["study"]!, ["plan"] = (string)Answer["plan"]!, ["execution"] = execution });

    /// <summary>The records of the rows that have one, by name.</summary>
    public async Task<Dictionary<string, RunRecord>> RowsAsync()
    {
        Dictionary<string, RunRecord> rows = new(StringComparer.Ordinal);
        var folders = await _cloud.S3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = _cloud.OutputBucket, Prefix = Folder + "/runs/", Delimiter = "/" },
            TestContext.Current.CancellationToken);
        foreach (var folder in folders.CommonPrefixes ?? [])
            if (await _cloud.ReadAsync(folder + "run.json") is { } json)
                rows[folder.Split('/')[^2]] = RunRecordFile.FromJson(json)!;
        return rows;
    }

    public async Task<StudyRecord> RecordAsync() =>
        StudyRecordFile.FromJson((await _cloud.ReadAsync(Folder + "/study.json"))!)!;

    private static async Task<JsonObject> CallAsync(Cloud cloud, JsonObject call)
    {
        var answer = await cloud.Function.InvokeAsync(call.ToJsonString(), TestContext.Current.CancellationToken);
        Assert.True(answer.Succeeded, answer.Payload);
        return JsonNode.Parse(answer.Payload)!.AsObject();
    }
}
