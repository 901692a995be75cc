using System.Text.Json;
using System.Text.Json.Nodes;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Studies;

using TestBed;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>A study with the real EnergyPlus, whose schema says what its columns mean.</summary>
public sealed class RealStudyTests : IBucketSource, IDisposable
{
    private readonly TemporaryFolder _work = new();
    private readonly IAsyncFileSystem _files = new MemoryFileSystem().AsAsync();

    public IAsyncFileSystem Open(string bucket) => _files;

    [Fact]
    public async Task Rows_of_addresses_options_and_weather_are_run_as_they_were_planned()
    {
        var token = TestContext.Current.CancellationToken;
        await using var engines = new Engines([EnergyPlusInstallation.Find(RealParts.EnergyPlus())], new());
        var calls = new StudyCalls(new RunSettings { WorkDirectory = _work.Path, OutputBucket = "results" }, this, engines);
        await _files.UploadAsync(Repository.PathOf("examples", "one-zone.idf"), "inputs/s/office.idf", cancellationToken: token);
        await _files.UploadAsync(RealParts.Weather("Golden"), "inputs/s/w/golden.epw", cancellationToken: token);
        await _files.WriteTextAsync("inputs/s/office.study.csv", """
            name;Building//North Axis;Material/*/Roughness;weather;annual;label;tags.case
            a;0,5;;w/golden.epw;no;A;1
            b;90;Rough;w/golden.epw;no;;2
            """, cancellationToken: token);
        var plan = await AnswerAsync(calls, new() { ["plan"] = "s3://bucket/inputs/s/office.study.csv", ["execution"] = "one" });
        Assert.True((string)plan["status"]! == "planned", (string)plan["message"]!);
        Assert.Equal("s3://results/outputs/s/office.study/", (string)plan["study"]!);
        var parameters = StudyRecordFile.FromJson(await _files.ReadBytesAsync("outputs/s/office.study/study.json", token))!.Parameters;
        Assert.Equal((1, 4), (parameters[0].Objects, parameters[1].Objects));

        foreach (var ticket in JsonNode.Parse(await _files.ReadBytesAsync((string)plan["tickets"]!["key"]!, token))!.AsArray())
            await AnswerAsync(calls, ticket!.AsObject());
        foreach (var (name, label, tag) in new[] { ("a", "A", "1"), ("b", "b", "2") })
        {
            var run = RunRecordFile.FromJson(await _files.ReadBytesAsync($"outputs/s/office.study/runs/{name}/run.json", token))!;
            Assert.True(run.Status == RunStatus.Completed, $"{name}: {run.Status}: {run.Message}");
            Assert.Equal((label, tag, "study", true), (run.Label, run.Tags["case"], run.Weather!.Source, !run.Options!.DesignDay));
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(_work.Path));
    }

    public void Dispose() => _work.Dispose();

    private static async Task<JsonObject> AnswerAsync(StudyCalls calls, JsonObject call)
    {
        using var json = JsonDocument.Parse(call.ToJsonString());
        var delivery = new Delivery("request", TimeProvider.System.GetUtcNow().AddMinutes(5));
        return JsonNode.Parse(await calls.AnswerAsync(json.RootElement, delivery))!.AsObject();
    }
}
