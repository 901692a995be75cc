using RunBed;
using System.Text;
using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.LocalCloud;
using IdfKit.Runs;

namespace IdfKit.EndToEnd.Tests;

/// <summary>What people drop by mistake. A model's fault is a committed record with a sentence; nothing is left running.</summary>
public sealed class BadInputTests(EventServer server)
{
    private static readonly string OneZone = File.ReadAllText(Repository.PathOf("examples", "one-zone.idf"));
    private static readonly string Golden = Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw");

    [Fact]
    public async Task Model_at_fault_is_answered_with_a_record_that_says_why()
    {
        await using var cloud = await Cloud.StartAsync(server, ("IDFKIT_WEATHER", "weather.epw"));
        await cloud.DropAsync("weather.epw", Golden);
        var random = new byte[16 * 1024];
        new Random(7).NextBytes(random);

        await cloud.DropTextAsync("inputs/empty.idf", "");
        await cloud.DropTextAsync("inputs/comments.idf", "! nothing here\n! at all\n");
        await cloud.S3.PutObjectAsync(
            new() { BucketName = cloud.Bucket, Key = "inputs/random.idf", InputStream = new MemoryStream(random) },
            TestContext.Current.CancellationToken);
        await cloud.DropTextAsync("inputs/fatal.idf",
            OneZone.Replace("Material, Concrete,", "Material, Concrete is not here,", StringComparison.Ordinal));
        await cloud.DropTextAsync("inputs/old.idf", OneZone.Replace("Version, 25.2;", "Version, 8.9;", StringComparison.Ordinal));
        await cloud.DropTextAsync("inputs/python.idf", OneZone + "\nPythonPlugin:Instance, Mine, No, script, Class;\n");
        await cloud.DropTextAsync(
            "inputs/schedule.idf", OneZone + "\nSchedule:File, Occupancy, Any number, occupancy.csv, 1, 0, 8760, Comma;\n");
        await cloud.DropTextAsync("inputs/badjob.job.json", """{"wether": "x.epw"}""");
        await cloud.DropTextAsync("inputs/badjob.idf", OneZone);
        await cloud.DropTextAsync("inputs/lost.job.json", """{"weather": "nowhere.epw"}""");
        await cloud.DropTextAsync("inputs/lost.idf", OneZone);

        await ExpectAsync(cloud, "empty", RunStatus.Rejected, RunReason.NotAModel, "empty.idf");
        await ExpectAsync(cloud, "comments", RunStatus.Rejected, RunReason.NotAModel, "comments.idf");
        await ExpectAsync(cloud, "random", RunStatus.Rejected, RunReason.NotAModel, "random.idf");
        await ExpectAsync(cloud, "fatal", RunStatus.Failed, RunReason.Fatal, "fatal error");
        await ExpectAsync(cloud, "old", RunStatus.Rejected, RunReason.WrongVersion, "8.9");
        await ExpectAsync(cloud, "python", RunStatus.Rejected, RunReason.UnsafeObject, "PythonPlugin:Instance");
        await ExpectAsync(cloud, "schedule", RunStatus.Rejected, RunReason.MissingFile, "occupancy.csv");
        await ExpectAsync(cloud, "badjob", RunStatus.Rejected, RunReason.BadJobFile, "wether");
        await ExpectAsync(cloud, "lost", RunStatus.Rejected, RunReason.NoWeather, "nowhere.epw");
        Assert.Contains((await cloud.RecordAsync("outputs/fatal")).Files, file => file.Path == "eplusout.err");
        Assert.Empty(cloud.Function.Failures);
    }

    [Fact]
    public async Task Model_without_weather_is_rejected_with_what_was_looked_for()
    {
        await using var cloud = await Cloud.StartAsync(server);
        await cloud.DropTextAsync("inputs/office.idf", OneZone);
        var record = await ExpectAsync(cloud, "office", RunStatus.Rejected, RunReason.NoWeather, "inputs/office.epw");
        Assert.Contains("no single .epw", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_of_design_days_alone_needs_no_weather()
    {
        await using var cloud = await Cloud.StartAsync(server);
        await cloud.DropTextAsync("inputs/days.idf", DesignDays.Model);
        var days = await cloud.RecordAsync("outputs/days");
        Assert.Equal((RunStatus.Completed, true, null), (days.Status, days.Options.DesignDay, days.Weather));
    }

    [Fact]
    public async Task What_is_no_model_is_ignored_and_leaves_nothing()
    {
        await using var cloud = await Cloud.StartAsync(server);
        await cloud.DropTextAsync("inputs/readme.txt", "hello");
        await cloud.DropTextAsync("inputs/folder/", "");
        await cloud.Function.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.True((await cloud.Function.InvokeAsync("""{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}""",
            TestContext.Current.CancellationToken)).Succeeded);
        Assert.True(
            (await cloud.Function.InvokeAsync(cloud.Event("outputs/x/in.idf", "01"), TestContext.Current.CancellationToken)).Succeeded);
        Assert.Empty(await cloud.KeysAsync("outputs/"));
        Assert.Empty(cloud.Function.Failures);
    }

    [Fact]
    public async Task Key_that_no_model_can_have_is_answered_all_the_same()
    {
        await using var cloud = await Cloud.StartAsync(server);
        await cloud.DropTextAsync("inputs/.idf", "");
        Assert.Equal((RunStatus.Rejected, RunReason.NotAModel), Ending(await cloud.RecordAsync("outputs/.idf")));
        if (server.KeysMayHaveEmptyParts)
        {
            await cloud.DropTextAsync("inputs//odd.idf", OneZone);
            Assert.Equal((RunStatus.Rejected, RunReason.BadKey), Ending(await cloud.RecordAsync("outputs/%%/odd")));
        }
        Assert.Empty(cloud.Function.Failures);
    }

    private static (RunStatus, string?) Ending(RunRecord record) => (record.Status, record.Reason);

    [Fact]
    public async Task Object_deleted_before_its_event_arrives_is_answered_and_not_left_running()
    {
        await using var cloud = await Cloud.StartAsync(server);
        Assert.True(
            (await cloud.Function.InvokeAsync(cloud.Event("inputs/gone.idf", "01"), TestContext.Current.CancellationToken)).Succeeded);
        await ExpectAsync(cloud, "gone", RunStatus.Rejected, RunReason.MissingFile, "was removed or renamed before its run began");
    }

    [Fact]
    public async Task Odd_keys_find_their_way_to_the_results_and_back()
    {
        await using var cloud = await Cloud.StartAsync(server, ("IDFKIT_WEATHER", "weather.epw"));
        await cloud.DropAsync("weather.epw", Golden);
        string[] names = ["two words", "a+b", "100%25 of it", "Büro", "Bu\u0308ro", "x&y=z#1?", string.Join(
            '/', Enumerable.Repeat(new string('n', 99), 9))];
        foreach (var name in names) await cloud.DropTextAsync($"inputs/{name}.idf", OneZone);
        foreach (var name in names)
        {
            var record = await cloud.RecordAsync("outputs/" + name);
            Assert.Equal((RunStatus.Completed, $"inputs/{name}.idf"), (record.Status, record.Input.Key));
            Assert.NotNull(await cloud.ReadAsync($"outputs/{name}/eplusout.eso"));
        }
    }

    [Fact]
    public async Task Worlds_fault_is_retried_and_ends_in_the_failure_queue()
    {
        await using var cloud = await Cloud.StartAsync(server);
        cloud.Function.Enqueue(cloud.Event("inputs/a.idf", "01", bucket: "there-is-no-such-bucket"));
        cloud.Function.Enqueue("this is not JSON");
        await cloud.Function.WhenIdleAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, cloud.Function.Failures.Count);
        Assert.Contains("there-is-no-such-bucket", cloud.Log, StringComparison.Ordinal);
        Assert.Contains("is not JSON", cloud.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(cloud.Environment["AWS_SECRET_ACCESS_KEY"], cloud.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ENERGYPLUS_DIR", "/nowhere/at/all", "/nowhere/at/all")]
    [InlineData("IDFKIT_ANNUAL", "perhaps", "IDFKIT_ANNUAL")]
    [InlineData("IDFKIT_OUTPUT_PREFIX", "inputs/results", "inputs/results")]
    [InlineData("AWS_ENDPOINT_URL_S3", "not a url", "AWS_ENDPOINT_URL_S3")]
    public async Task Function_that_cannot_start_says_why_at_start(string variable, string value, string said)
    {
        var log = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var start = LocalLambda.StartAsync(new LocalLambdaOptions
        {
            BootstrapPath = PublishedFunction.BootstrapPath(),
            Environment = new Dictionary<string, string> { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus(), [variable] = value },
            Log = log.Enqueue,
        }, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<LocalLambdaException>(() => start);
        Assert.Contains(
            log, line => line.Contains("cannot start", StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal));
    }

    private static async Task<RunRecord> ExpectAsync(Cloud cloud, string name, RunStatus status, string reason, string said)
    {
        var record = await cloud.RecordAsync("outputs/" + name);
        Assert.True((status, reason) == (record.Status, record.Reason),
            $"{name} ended as {record.Status}, {record.Reason}: {record.Message}\nThe function said:\n{cloud.Log}");
        Assert.Contains(said, record.Message, StringComparison.Ordinal);
        Assert.False(record.Message!.Contains("   at ", StringComparison.Ordinal), "a stack trace is no sentence");
        return record;
    }
}
