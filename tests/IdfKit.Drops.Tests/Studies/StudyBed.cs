using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Studies;

using RunBed;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>The three calls of studies over a bucket in memory, made as a state machine makes them.</summary>
internal sealed class StudyBed(Func<RunSettings, RunSettings>? adjust = null, params IReadOnlyList<EnergyPlusInstallation> others)
    : IAsyncDisposable
{
    public const string Csv = "inputs/p/office.study.csv", Folder = "outputs/p/office.study";

    public PipelineBed Pipeline { get; } = new(adjust, others);

    public IAsyncFileSystem Files => Pipeline.Files;

    /// <summary>How many rows have been simulated.</summary>
    public int Runs => Pipeline.EnergyPlus.Runs;

    /// <summary>Puts a base whose rows say with the tag <c>@@do@@</c> what they do, as a shell would.</summary>
    public Task PutBaseAsync(string key = "inputs/p/office.idf") => Pipeline.Files.WriteTextAsync(
        key, Pipeline.EnergyPlus.CountedModel("@@do@@", "echo @@do@@ > $out/eplusout.eso"));

    /// <summary>Puts a study whose rows do this, and gives the object of its event.</summary>
    public Task<JsonObject> PutStudyAsync(params string[] rows) =>
        PutAsync(Csv, "name,@@do@@\n" + string.Concat(rows.Select((row, at) => $"row{at + 1},{row}\n")));

    public async Task<JsonObject> PutAsync(string key, string content)
    {
        var drop = await Pipeline.PutAsync(key, content);
        var entry = await Files.StatAsync(key);
        return new() { ["key"] = key, ["size"] = entry.SizeBytes, ["etag"] = entry.ETag, ["sequencer"] = drop.Sequencer };
    }

    public Task<JsonObject> PlanAsync(JsonObject? study, string execution = "one", string key = Csv)
    {
        var call = new JsonObject { ["plan"] = "s3://bucket/" + key, ["execution"] = execution };
        if (study is not null) call["object"] = study.DeepClone();
        return CallAsync(call);
    }

    /// <summary>The calls that a plan has listed.</summary>
    public async Task<IReadOnlyList<JsonObject>> TicketsAsync(JsonObject plan)
    {
        var text = await Files.ReadTextAsync((string)plan["tickets"]!["key"]!);
        return [.. JsonNode.Parse(text)!.AsArray().Select(ticket => ticket!.AsObject())];
    }

    public Task<JsonObject> CollectAsync(JsonObject plan) =>
        CallAsync(new JsonObject { ["collect"] = (string)plan["study"]!, ["plan"] = (string?)plan["plan"], ["execution"] = "one" });

    /// <summary>Plans, runs every ticket until nothing is left of it, and collects.</summary>
    public async Task<JsonObject> RunAsync(JsonObject? study, string execution = "one")
    {
        var plan = await PlanAsync(study, execution);
        if ((string)plan["status"]! != "planned") return plan;
        foreach (var ticket in await TicketsAsync(plan))
            for (var answer = ticket; ;)
            {
                answer = await CallAsync(answer);
                if ((int)answer["left"]! == 0) break;
            }
        return await CollectAsync(plan);
    }

    public async Task<JsonObject> CallAsync(JsonObject call, TimeSpan? timeLeft = null, CancellationToken cancellationToken = default)
    {
        using var json = JsonDocument.Parse(call.ToJsonString());
        var delivery = new Delivery(
            Guid.NewGuid().ToString(), TimeProvider.System.GetUtcNow() + (timeLeft ?? TimeSpan.FromMinutes(5)), "1");
        var answer = await Pipeline.Pipeline.Studies.AnswerAsync(json.RootElement, delivery, null, cancellationToken);
        return JsonNode.Parse(answer)!.AsObject();
    }

    public async Task<StudyRecord> RecordAsync() =>
        StudyRecordFile.FromJson(await Files.ReadBytesAsync(Folder + "/study.json"))!;

    public async Task<RunRecord> RowAsync(string name) =>
        RunRecordFile.FromJson(await Files.ReadBytesAsync($"{Folder}/runs/{name}/run.json"))!;

    /// <summary>Puts a record of a row as another attempt would have left it.</summary>
    public Task PutRowAsync(string name, RunRecord record) =>
        Files.WriteBytesAsync($"{Folder}/runs/{name}/run.json", RunRecordFile.ToJson(record));

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => Pipeline.DisposeAsync();
}
