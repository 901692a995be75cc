using System.Diagnostics;
using System.Globalization;
using FaultProxies;
using TestBed;

using IdfKit.EndToEnd.Tests.Servers;

namespace IdfKit.EndToEnd.Tests.Soak;

/// <summary>
/// The function under load, faults, kills and freezes, judged from the bucket alone. <c>./test.sh</c> runs a short form;
/// <c>eng/soak.sh</c> the whole, and prints the figures. Alone in its collection: it takes every processor.
/// </summary>
[Collection(nameof(SoakTests))]
[CollectionDefinition(nameof(SoakTests), DisableParallelization = true)]
public sealed class SoakTests(EventServer server, ITestOutputHelper output)
{
    private const int Processes = 4;

    private static int Models =>
        int.TryParse(Environment.GetEnvironmentVariable("IDFKIT_SOAK_MODELS"), CultureInfo.InvariantCulture, out var models) ? models : 16;

    private static int Frozen =>
        int.TryParse(Environment.GetEnvironmentVariable("IDFKIT_SOAK_FROZEN"), CultureInfo.InvariantCulture, out var frozen) ? frozen : 1;

    private static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("IDFKIT_SOAK_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Random.Shared.Next();

    [Fact]
    public async Task Storm_of_duplicates_faults_kills_and_freezes_leaves_one_right_answer_for_every_newest_input()
    {
        var weather = new BadWeather(Seed);
        var bucket = await server.CreateBucketAsync();
        await using var proxy = new FaultProxy(bucket.EndpointUrl);
        await using var cloud = await StartAsync(bucket, proxy.Url);
        var storm = new Storm(cloud, Models, Seed);
        var began = Stopwatch.GetTimestamp();
        proxy.Script = weather.Next;

        await storm.BurstAsync();
        var thawing = Task.WhenAll(Enumerable.Range(0, Frozen).Select(storm.FreezeAsync));
        for (var missing = 0; missing < 3; missing++)
            cloud.Function.Enqueue(cloud.Event(Storm.Key(missing), "01", bucket: "there-is-no-such-bucket"));
        using var calm = new CancellationTokenSource();
        var killing = storm.KillAsync(TimeSpan.FromSeconds(3), calm.Token);
        await storm.RenewAsync(TimeSpan.FromSeconds(Models * 0.5));
        var answers = await thawing;
        await IdleAsync(cloud);
        await calm.CancelAsync();
        var killed = await killing;
        await IdleAsync(cloud); // the last one killed may have been at work again
        var elapsed = Stopwatch.GetElapsedTime(began);
        proxy.Clear();
        // the next invocation tidies up after the killed
        Assert.True((await cloud.Function.InvokeAsync("""{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}""",
            TestContext.Current.CancellationToken)).Succeeded);

        var runs = cloud.Log.Split('\n').Count(line => line.Contains("\"outcome\":\"Committed\"", StringComparison.Ordinal));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed {Seed}: {Models} models, {storm.Puts} contents, {3 * storm.Puts} events, "
                + $"{weather.Faults} faults, {killed} processes killed, {Frozen} frozen; {runs} runs committed in "
                + $"{elapsed.TotalSeconds:0.0} s"));
        var faults = await Verdict.OfAsync(cloud, storm);
        Assert.True(faults.Count == 0, $"With the seed {Seed}:\n{string.Join('\n', faults)}\n{Tail(cloud.Log)}");
        Assert.All(cloud.Function.Failures,
            failure => Assert.Contains("there-is-no-such-bucket", failure.RequestPayload, StringComparison.Ordinal));
        Assert.Equal(3, cloud.Function.Failures.Count);
        // Or the request that it stood still in had no answer for longer than any may go without.
        Assert.All(answers, answer => Assert.Matches("took over|^\\{\"errorType\":\"StorageException\"", answer));
        Assert.True(killed > 0, "nothing was killed");
        Assert.True(weather.Faults > 0, "no request failed");
    }

    private async Task<Cloud> StartAsync(IEventBucket bucket, Uri endpoint)
    {
        var cloud = await Cloud.StartSilentAsync(
            server,
            bucket,
            options => options with
            {
                Concurrency = Processes, Timeout = TimeSpan.FromMinutes(2), MaxRetryAttempts = 12,
                RetryDelays = [.. new[] { 0.2, 0.5, 1, 2, 4 }.Select(TimeSpan.FromSeconds)]
            },
            ("AWS_ENDPOINT_URL_S3", endpoint.AbsoluteUri), ("IDFKIT_WEATHER", "weather/golden.epw"));
        await cloud.DropAsync("weather/golden.epw", Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"));
        return cloud;
    }

    private static Task IdleAsync(Cloud cloud) => cloud.Function.WhenIdleAsync(TestContext.Current.CancellationToken)
        .WaitAsync(TimeSpan.FromMinutes(20), TestContext.Current.CancellationToken);

    private static string Tail(string text) => text.Length < 6000 ? text : text[^6000..];
}
