using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Studies;

namespace IdfKit.EndToEnd.Tests;

/// <summary>
/// The template's state machine for studies, interpreted by moto, calling the real function process with the real EnergyPlus.
/// </summary>
public sealed class StudyMachineTests(EventServer server, TransformedTemplate template) : IClassFixture<TransformedTemplate>
{
    private const string Key = "inputs/s/office.study.csv", Folder = "outputs/s/office.study";

    [Fact]
    public async Task Study_is_planned_run_and_collected_whatever_is_refused_meanwhile()
    {
        await using var bed = await StartAsync();
        await DropInputsAsync(bed);
        await DropStudyAsync(bed, [.. Enumerable.Range(0, 12).Select(row => $"r{row},{row * 10},"), "hopeless,,Nothing of that name"]);
        bed.Front.RefuseOnce("\"plan\":\"s3:", 429, "TooManyRequestsException");
        bed.Front.RefuseOnce("r3", 500, "ServiceException");
        bed.Front.RefuseOnce("\"collect\"", 429, "TooManyRequestsException");

        using var steps = await bed.StepsAsync();
        var study = await steps.RunAsync("study", bed.Machine(), Event(bed));

        Assert.True(study.GetProperty("status").GetString() == "SUCCEEDED", study + "\n" + bed.Cloud.Log);
        var answer = bed.OutputOf(study);
        Assert.Equal(("collected", 13, 0), (
            answer.GetProperty("status").GetString(), answer.GetProperty("rows").GetInt32(), answer.GetProperty("not_run").GetInt32()));
        var record = await RecordAsync(bed);
        Assert.Equal((StudyStatus.Collected, 13), (record.Status, record.Rows));
        Assert.Equal(12, record.Counts["completed"]);
        Assert.Equal("hopeless", Assert.Single(record.Failures).Examples[0]);
        var csv = Encoding.UTF8.GetString((await bed.Cloud.ReadAsync(Folder + "/results.csv"))!);
        Assert.Equal(14, csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.NotNull(await bed.Cloud.ReadAsync(Folder + "/index.html"));
    }

    [Fact]
    public async Task Refused_study_ends_its_execution_well_and_says_why_in_its_record()
    {
        await using var bed = await StartAsync();
        await DropInputsAsync(bed);
        await DropStudyAsync(bed, ["a,north,"]);
        using var steps = await bed.StepsAsync();
        var study = await steps.RunAsync("study", bed.Machine(), Event(bed));
        Assert.True(study.GetProperty("status").GetString() == "SUCCEEDED", study + "\n" + bed.Cloud.Log);
        var record = await RecordAsync(bed);
        Assert.Equal(StudyStatus.Refused, record.Status);
        Assert.Contains("north", Assert.Single(record.Faults), StringComparison.Ordinal);
        Assert.Empty(await bed.Cloud.KeysAsync(Folder + "/runs"));
    }

    private Task<MachineBed> StartAsync() => MachineBed.StartAsync(
        server, template.Resource("StudyMachine"), "Rows", ("IDFKIT_STUDIES", "machine"), ("IDFKIT_STUDY_CONCURRENCY", "2"));

    private static async Task DropInputsAsync(MachineBed bed)
    {
        await bed.Cloud.DropTextAsync("inputs/s/office.idf", DesignDays.Model);
        await bed.Cloud.DropAsync("inputs/s/office.epw", Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"));
    }

    private static Task DropStudyAsync(MachineBed bed, IEnumerable<string> rows) => bed.Cloud.DropTextAsync(
        Key, string.Join('\n', rows.Prepend("name,Building//North Axis,Construction/Flat roof/Outside Layer")) + "\n");

    private static JsonObject Event(MachineBed bed) => new()
    {
        ["bucket"] = new JsonObject { ["name"] = bed.Cloud.Bucket },
        ["object"] = new JsonObject { ["key"] = Key, ["sequencer"] = "0A" },
    };

    private static async Task<StudyRecord> RecordAsync(MachineBed bed) =>
        StudyRecordFile.FromJson((await bed.Cloud.ReadAsync(Folder + "/study.json"))!)!;
}
