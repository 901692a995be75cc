using System.Globalization;
using System.Text.Json.Nodes;
using FaultProxies;
using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Runs;
using IdfKit.Studies;
using TestBed;

namespace IdfKit.EndToEnd.Tests.Usage;

/// <summary>
/// What a plan says that its rows will ask of the bucket is what a proxy before the bucket counts while the real function runs them; and
/// what the records say afterwards is that, too.
/// </summary>
public sealed class StudyEstimateTests(EventServer server)
{
    private const string Key = "inputs/s/office.study.csv", Folder = "outputs/s/office.study";
    private const int Megabytes = 2_048;

    /// <summary>A schedule in a file beside the model, so that each run fetches one.</summary>
    private const string WithFile = "\nSchedule:File, Hours, , hours.csv, 1, 0, 8760, Comma, No, 60;\n";

    private static readonly string Golden = Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw");

    [Theory]
    [InlineData(50, "all", "")]
    [InlineData(6, "lean", "weather,")] // the rows name their weather
    public async Task Requests_of_the_plan_are_those_that_the_rows_make(int rows, string profile, string column)
    {
        var bucket = await server.CreateBucketAsync();
        await using var proxy = new FaultProxy(bucket.EndpointUrl);
        await using var cloud = await Cloud.StartSilentAsync(
            server, bucket, options => options with { MemoryMegabytes = Megabytes },
            [
                ("AWS_ENDPOINT_URL_S3", proxy.Url.AbsoluteUri), ("IDFKIT_STUDIES", "machine"), ("IDFKIT_STUDY_CONCURRENCY", "3"),
                ("IDFKIT_OUTPUTS", profile), ("IDFKIT_PROGRESS_SECONDS", "300"),
            ]);
        await cloud.DropTextAsync("inputs/s/hours.csv", string.Concat(Enumerable.Repeat("1\n", 8760)));
        await cloud.DropAsync("inputs/s/office.epw", Golden);
        await cloud.DropAsync("inputs/s/other.epw", Golden);
        await cloud.DropTextAsync("inputs/s/office.idf", DesignDays.Model + WithFile);
        await DropStudyAsync(cloud, column, Enumerable.Range(1, rows));

        var unknown = (await PlanAsync(cloud, "01"))["estimate"]!;
        Assert.Equal((rows, null, null), ((int)unknown["rows_to_run"]!, (double?)unknown["seconds"], unknown["requests"]));
        Assert.Contains("is not known", (string)unknown["how"]!, StringComparison.Ordinal);

        cloud.Function.Enqueue(cloud.Event("inputs/s/office.idf", "01"));
        Assert.Equal(RunStatus.Completed, (await cloud.RecordAsync("outputs/s/office")).Status);
        await cloud.Function.WhenIdleAsync(TestContext.Current.CancellationToken);

        // All rows, then four of them with other values, over what the first have left.
        await ExpectAsync(cloud, proxy, "02", rows, isFirst: true);
        await DropStudyAsync(cloud, column, Enumerable.Range(1, rows).Select(row => row <= 4 ? row + 100 : row));
        await ExpectAsync(cloud, proxy, "03", 4, isFirst: false);
    }

    private static async Task ExpectAsync(Cloud cloud, FaultProxy proxy, string sequencer, int toRun, bool isFirst)
    {
        proxy.Clear();
        var plan = await PlanAsync(cloud, sequencer);
        var planned = CountsOf(proxy.Calls);
        Assert.Equal(toRun, (int)plan["to_run"]!);
        var estimate = plan["estimate"]!;
        Assert.Contains("as the last run of 'office.idf' did", (string)estimate["how"]!, StringComparison.Ordinal);
        Assert.True((double)estimate["seconds"]! > 0);
        Assert.Equal((double)estimate["seconds"]! * Megabytes / 1024, (double)estimate["gb_seconds"]!, tolerance: 0.2);
        Assert.Equal(planned, UsageOf((await StudyAsync(cloud)).OwnUsage!));

        var tickets = JsonNode.Parse((await cloud.ReadAsync((string)plan["tickets"]!["key"]!))!)!.AsArray();
        Assert.Equal(tickets.Count, (int)estimate["calls"]!);
        proxy.Clear();
        foreach (var ticket in tickets) Assert.Equal(0, (int)(await AnswerAsync(cloud, ticket!.AsObject()))["left"]!);
        var seen = CountsOf(proxy.Calls);
        var requests = estimate["requests"]!;
        Assert.Equal(
            seen, ((long)requests["puts"]!, (long)requests["gets"]!, (long)requests["lists"]!, (long)requests["deletes"]!));

        await AnswerAsync(cloud, new()
        {
            ["collect"] = (string)plan["study"]!, ["plan"] = (string)plan["plan"]!, ["execution"] = "arn:" + sequencer,
        });
        var record = await StudyAsync(cloud);
        Assert.Equal((StudyStatus.Collected, record.Rows), (record.Status, record.Counts["completed"]));
        if (!isFirst) return;
        // The records tell of the rows alone: not that a call reads the study's, and that the first one says that rows run.
        var (puts, gets, lists, deletes) = UsageOf(record.Usage!);
        Assert.Equal(seen, (puts + 1, gets + tickets.Count, lists, deletes));
        Assert.True(record.OwnUsage!.Puts >= planned.Puts + 5, "table, page and record were written");
    }

    private static async Task<JsonObject> PlanAsync(Cloud cloud, string sequencer)
    {
        var plan = await AnswerAsync(cloud, new()
        {
            ["plan"] = $"s3://{cloud.Bucket}/{Key}",
            ["object"] = new JsonObject { ["key"] = Key, ["sequencer"] = sequencer },
            ["execution"] = "arn:" + sequencer,
        });
        Assert.True((string)plan["status"]! == "planned", plan.ToJsonString() + cloud.Log);
        return plan;
    }

    private static async Task<JsonObject> AnswerAsync(Cloud cloud, JsonObject call) =>
        JsonNode.Parse((await cloud.Function.InvokeAsync(call.ToJsonString())).Payload)!.AsObject();

    private static Task DropStudyAsync(Cloud cloud, string column, IEnumerable<int> values)
    {
        var other = column.Length == 0 ? "" : "other.epw,";
        var rows = values.Select((value, at) => string.Create(CultureInfo.InvariantCulture, $"r{at},{other}{value % 360}\n"));
        return cloud.DropTextAsync(Key, $"name,{column}Building//North Axis\n{string.Concat(rows)}");
    }

    private static async Task<StudyRecord> StudyAsync(Cloud cloud) =>
        StudyRecordFile.FromJson((await cloud.ReadAsync(Folder + "/study.json"))!)!;

    private static (long Puts, long Gets, long Lists, long Deletes) CountsOf(IReadOnlyList<ProxiedCall> calls)
    {
        var seen = calls.Where(call => call.IsAnswered).CountBy(call => call.Kind).ToDictionary();
        return (Of("puts"), Of("gets"), Of("lists"), Of("deletes"));

        long Of(string kind) => seen.GetValueOrDefault(kind);
    }

    private static (long Puts, long Gets, long Lists, long Deletes) UsageOf(RunUsage usage) =>
        (usage.Puts, usage.Gets, usage.Lists, usage.Deletes);
}
