using System.Diagnostics;
using FaultProxies;
using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.LocalCloud;
using IdfKit.Runs;

namespace IdfKit.EndToEnd.Tests;

/// <summary>What a record says that its run took is what a proxy between the function and the bucket has seen.</summary>
public sealed class UsageTests(EventServer server)
{
    private const int Megabytes = 2_048;

    [Fact]
    public async Task Requests_of_a_run_are_those_that_reach_the_server()
    {
        var (record, calls, sent) = await RunAsync("RefBldgWarehouse", static _ => null, ("IDFKIT_OUTPUTS", "all"));
        Assert.Equal(RunStatus.Completed, record.Status);
        AssertSame(calls, record.Usage!);
        // The last record is not among the bytes; nor is what was sent on the way for signing.
        var content = record.Files.Sum(file => file.SizeBytes);
        Assert.InRange(record.Usage!.BytesOut, content + 1_000, content + 300_000);
        Assert.InRange(record.Usage.BytesIn, sent, sent + 10_000);
        // 2 GB for as long as it ran, and for what came after the total was taken.
        Assert.InRange(record.Usage.GbSeconds!.Value - (2 * record.TimingsMs.Total!.Value / 1000.0), -0.01, 20);
    }

    [Fact]
    public async Task Requests_that_are_sent_again_count_again()
    {
        var failed = 0;
        var (record, calls, _) = await RunAsync(
            "one-zone",
            call => call.Method == "PUT" && call.Target.Contains("eplusout.err", StringComparison.Ordinal)
                && Interlocked.Increment(ref failed) == 1 ? new Fault.Answer(503, "SlowDown") : null);
        Assert.Equal((RunStatus.Completed, true), (record.Status, failed > 1));
        AssertSame(calls, record.Usage!);
    }

    [Fact] // the tags and times of a listing are those of a download, on each server
    public async Task Models_of_one_folder_list_it_together()
    {
        const int Models = 12;
        await using var cloud = await Cloud.StartSilentAsync(server);
        await cloud.DropAsync("inputs/golden.epw", Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"));
        var text = await File.ReadAllTextAsync(Repository.PathOf("examples", "one-zone.idf"), TestContext.Current.CancellationToken);
        var day = text.Replace("  12, 31, ,  ", "  1, 1, ,  ", StringComparison.Ordinal);
        for (var at = 0; at < Models; at++) await cloud.DropTextAsync($"inputs/m{at}.idf", $"! {at}\n{day}");
        var began = Stopwatch.GetTimestamp();
        for (var at = 0; at < Models; at++) cloud.Function.Enqueue(cloud.Event($"inputs/m{at}.idf"));
        var lists = 0L;
        for (var at = 0; at < Models; at++)
        {
            var record = await cloud.RecordAsync($"outputs/m{at}");
            Assert.Equal((RunStatus.Completed, "folder"), (record.Status, record.Weather?.Source));
            lists += record.Usage!.Lists;
        }
        Assert.InRange(lists, 2, 3 + Stopwatch.GetElapsedTime(began).TotalSeconds / 10); // a listing counts for ten seconds
    }

    [Fact]
    public async Task Rejected_model_says_what_it_took()
    {
        await using var cloud = await Proxied.StartAsync(server, static _ => null);
        await cloud.Cloud.DropTextAsync("inputs/none.idf", "this is no model");
        cloud.Drop("inputs/none.idf");
        var record = await cloud.EndedAsync("outputs/none");
        Assert.Equal(RunStatus.Rejected, record.Status);
        AssertSame(cloud.Proxy.Calls, record.Usage!);
    }

    [Fact]
    public async Task Lean_run_makes_nine_writes_and_stores_a_tenth()
    {
        var (all, _, _) = await RunAsync("RefBldgWarehouse", static _ => null, ("IDFKIT_OUTPUTS", "all"));
        var (lean, calls, _) = await RunAsync(
            "RefBldgWarehouse", static _ => null, ("IDFKIT_OUTPUTS", "lean"), ("IDFKIT_PROGRESS_SECONDS", "100"));
        Assert.Equal((RunStatus.Completed, "lean"), (lean.Status, lean.Options.Profile));
        AssertSame(calls, lean.Usage!);
        Assert.InRange(lean.Usage!.Puts, 5, 9);
        Assert.InRange(lean.Usage.BytesOut, 1, all.Usage!.BytesOut / 10);
        Assert.DoesNotContain(lean.Notices, notice => notice.Contains("eplusout", StringComparison.Ordinal));
    }

    private async Task<(RunRecord Record, IReadOnlyList<ProxiedCall> Calls, long Staged)> RunAsync(
        string name, Func<ProxiedCall, Fault?> script, params (string Name, string Value)[] environment)
    {
        await using var cloud = await Proxied.StartAsync(server, script, environment);
        var (model, weather) = (RealParts.Model(name), RealParts.Weather("Golden"));
        await cloud.Cloud.DropAsync("inputs/golden.epw", weather);
        await cloud.Cloud.DropAsync($"inputs/{name}.idf", model);
        cloud.Drop($"inputs/{name}.idf");
        var record = await cloud.EndedAsync($"outputs/{name}");
        return (record, cloud.Proxy.Calls, new FileInfo(model).Length + new FileInfo(weather).Length);
    }

    private static void AssertSame(IReadOnlyList<ProxiedCall> calls, RunUsage usage)
    {
        var seen = calls.Where(call => call.IsAnswered).CountBy(call => call.Kind).ToDictionary();
        Assert.Equal((Of("puts"), Of("gets"), Of("lists"), Of("deletes")), (usage.Puts, usage.Gets, usage.Lists, usage.Deletes));

        long Of(string kind) => seen.GetValueOrDefault(kind);
    }

    /// <summary>A function that reaches its bucket through a proxy; nothing else does.</summary>
    private sealed class Proxied(Cloud cloud, FaultProxy proxy) : IAsyncDisposable
    {
        public Cloud Cloud => cloud;

        public FaultProxy Proxy => proxy;

        public static async Task<Proxied> StartAsync(
            EventServer server, Func<ProxiedCall, Fault?> script, params (string Name, string Value)[] environment)
        {
            var bucket = await server.CreateBucketAsync();
            var proxy = new FaultProxy(bucket.EndpointUrl) { Script = script };
            var cloud = await Cloud.StartSilentAsync(
                server, bucket, options => options with { MemoryMegabytes = Megabytes },
                [("AWS_ENDPOINT_URL_S3", proxy.Url.AbsoluteUri), .. environment]);
            return new(cloud, proxy);
        }

        public void Drop(string key) => cloud.Function.Enqueue(cloud.Event(key, "01"));

        public async Task<RunRecord> EndedAsync(string folder)
        {
            var record = await cloud.RecordAsync(folder);
            await cloud.Function.WhenIdleAsync(TestContext.Current.CancellationToken);
            return record;
        }

        public async ValueTask DisposeAsync()
        {
            await cloud.DisposeAsync();
            await proxy.DisposeAsync();
        }
    }
}
