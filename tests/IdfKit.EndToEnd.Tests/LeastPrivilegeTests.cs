using RunBed;
using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Runs;

namespace IdfKit.EndToEnd.Tests;

/// <summary>
/// Every test here runs the function as a user whose only policy is the one that template.yaml gives the role of a stack with a
/// bucket of its own (<see cref="Cloud"/>). These do so for its other variants: each suffices, and nothing in it is too much.
/// </summary>
public sealed class LeastPrivilegeTests(EventServer server)
{
    private static readonly string Weather = Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"),
        Model = Repository.PathOf("examples", "one-zone.idf");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a bucket of its own")]
    [InlineData("an existing bucket")]
    [InlineData("an existing bucket and another for the results")]
    [InlineData("a bucket of its own and another for the results")]
    public async Task Role_suffices_for_a_run_for_newer_content_and_for_late_weather(string variant)
    {
        await using var cloud = await StartAsync(variant);
        await cloud.DropTextAsync("inputs/a/one.job.json", """{"label": "base", "tags": {"study": "A"}}""");
        await cloud.DropAsync("inputs/a/one.idf", Model);
        await RunAsync(cloud, "inputs/a/one.idf", "0A");
        Assert.Equal(RunReason.NoWeather, (await cloud.RecordAsync("outputs/a/one")).Reason);
        await cloud.DropAsync("inputs/a/site.epw", Weather);
        await RunAsync(cloud, "inputs/a/site.epw", "0A");
        var first = await cloud.RecordAsync("outputs/a/one");
        Assert.True(first.Status == RunStatus.Completed, first.Message);
        await RunAsync(cloud, "inputs/a/one.idf", "0B");
        Assert.NotEqual(first.RunId, (await cloud.RecordAsync("outputs/a/one")).RunId);
    }

    [Theory]
    [InlineData("a bucket of its own and the weather in it", true)]
    [InlineData("an existing bucket and the weather in another", true)]
    [InlineData("a bucket of its own", false)]
    public async Task Default_weather_is_read_and_no_other_file_outside_the_inputs(string variant, bool hasDefault)
    {
        await using var cloud = await StartAsync(variant);
        await cloud.DropAsync("inputs/one.idf", Model);
        await RunAsync(cloud, "inputs/one.idf", "0A");
        var record = await cloud.RecordAsync("outputs/one");
        Assert.True((record.Status == RunStatus.Completed) == hasDefault, record.Message);
        Assert.Equal(hasDefault ? "default" : null, record.Weather?.Source);

        // At the bucket's root it may not be read, whether it is there or not.
        await cloud.DropAsync("weather/other.epw", Weather);
        await cloud.DropTextAsync("inputs/two.job.json", """{"weather": "weather/other.epw"}""");
        await cloud.DropAsync("inputs/two.idf", Model);
        await RunAsync(cloud, "inputs/two.idf", "0A");
        record = await cloud.RecordAsync("outputs/two");
        Assert.True((record.Status, record.Reason) == (RunStatus.Rejected, RunReason.NoWeather), record.Message);
        Assert.Contains("other.epw' that the job file names is not there or may not be read", record.Message, StringComparison.Ordinal);
        await cloud.DropAsync("inputs/weather/other.epw", Weather);
        await RunAsync(cloud, "inputs/weather/other.epw", "0A");
        Assert.Equal(RunStatus.Completed, (await cloud.RecordAsync("outputs/two")).Status);
    }

    [Theory]
    [InlineData("a bucket of its own and the weather in it")]
    [InlineData("an existing bucket and the weather in another")]
    public async Task Statistics_beside_the_default_weather_are_read(string variant)
    {
        const string Mains = "\nSite:WaterMainsTemperature,CorrelationFromWeatherFile;\n";
        await using var cloud = await StartAsync(variant);
        await cloud.DropTextAsync("inputs/one.idf", await File.ReadAllTextAsync(Model, Token) + Mains);
        await RunAsync(cloud, "inputs/one.idf", "0A");
        var record = await cloud.RecordAsync("outputs/one");
        Assert.True((record.Status, record.Weather?.Source) == (RunStatus.Completed, "default"), record.Message);
        Assert.DoesNotContain(record.Notices, notice => notice.Contains("site.stat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_any_one_statement_the_record_or_the_log_says_what_is_denied()
    {
        await using var probe = await StartAsync("a bucket of its own");
        foreach (var statement in server.Deploy(probe.Bucket, new Dictionary<string, string>()).Statements)
        {
            await using var cloud = await StartAsync("a bucket of its own", statement);
            await cloud.DropAsync("inputs/one.idf", Model);
            await cloud.DropAsync("inputs/site.epw", Weather);
            // Whether an absent object may be known to be absent is asked without a prefix, which either of the two
            // listings answers; only the event of a companion lists below the output prefix.
            var key = statement == "ListOutputs" ? "inputs/site.epw" : "inputs/one.idf";
            var answer = await cloud.Function.InvokeAsync(cloud.Event(key, "0A"), Token);
            if (statement is "ReadInputs" or "ListInputs")
            {
                Assert.True(answer.Succeeded, cloud.Log);
                var record = await cloud.RecordAsync("outputs/one");
                Assert.Equal(RunStatus.Rejected, record.Status);
                var said = statement == "ReadInputs" ? "may not be read" : "may not be listed";
                Assert.Contains(said, record.Message, StringComparison.Ordinal);
                continue;
            }
            Assert.False(answer.Succeeded, $"without {statement} the run succeeded");
            Assert.Contains("AccessDenied", cloud.Log + answer.Payload, StringComparison.Ordinal);
        }
    }

    private static async Task RunAsync(Cloud cloud, string key, string sequencer)
    {
        var answer = await cloud.Function.InvokeAsync(cloud.Event(key, sequencer), Token);
        Assert.True(answer.Succeeded, cloud.Log);
    }

    private async Task<Cloud> StartAsync(string variant, string? without = null)
    {
        _ = server.Rgw; // only there are users
        Needs.That(server.HasRoles, Needs.SamTranslator);
        var bucket = await server.CreateBucketAsync();
        var other = variant.Contains("another", StringComparison.Ordinal) ? await server.CreateBucketAsync() : null;
        var parameters = new Dictionary<string, string>();
        if (variant.StartsWith("an existing", StringComparison.Ordinal)) parameters["ExistingBucket"] = bucket.Name;
        if (variant.EndsWith("results", StringComparison.Ordinal)) parameters["OutputBucket"] = other!.Name;
        if (variant.Contains("the weather", StringComparison.Ordinal))
        {
            parameters["Weather"] = "weather/site.epw";
            if (other is not null) parameters["WeatherBucket"] = other.Name;
            var (place, s3) = ((other ?? bucket).Name, (other ?? bucket).S3);
            await s3.PutObjectAsync(new() { BucketName = place, Key = "weather/site.epw", FilePath = Weather }, Token);
            await s3.PutObjectAsync(new() { BucketName = place, Key = "weather/site.stat", ContentBody = "-  Statistics\n" }, Token);
        }
        var stack = server.Deploy(bucket.Name, parameters);
        var (key, secret) = await server.CreateRoleAsync(stack.Policy(without), other is null ? [bucket] : [bucket, other]);
        return await Cloud.StartSilentAsync(
            server, bucket, stack, options => options, ("AWS_ACCESS_KEY_ID", key), ("AWS_SECRET_ACCESS_KEY", secret));
    }
}
