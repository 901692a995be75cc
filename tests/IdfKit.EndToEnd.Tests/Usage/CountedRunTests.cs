using System.Diagnostics;
using FaultProxies;
using IdfKit.Drops;
using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Runs;
using RunBed;
using TestBed;

namespace IdfKit.EndToEnd.Tests.Usage;

/// <summary>What a record says of the requests of its run is what a proxy before the server saw, whatever became of the run.</summary>
public sealed class CountedRunTests(EventServer server) : IDisposable
{
    private const string Record = "outputs/office/run.json";

    private readonly ScriptedEnergyPlus _energyPlus = new();
    private int _drops;

    public void Dispose() => _energyPlus.Dispose();

    [Fact]
    public async Task Usage_of_a_plain_run_is_what_the_server_saw()
    {
        await using var runs = await OnServerAsync();
        var began = Stopwatch.GetTimestamp();
        var (record, seen) = await RunAsync(runs, "echo results > $out/eplusout.eso");
        var whole = Stopwatch.GetElapsedTime(began);
        Assert.Equal(RunStatus.Completed, record.Status);
        Expect(record, seen);
        Assert.Equal((record.Input.SizeBytes, seen.BytesOut), (record.Usage!.BytesIn, record.Usage.BytesOut));
        var least = 2.0 * record.TimingsMs.Total!.Value / 1000; // 2,048 MB, and what comes after the total was taken
        Assert.InRange(record.Usage.GbSeconds!.Value, least - 0.01, (2 * whole.TotalSeconds) + 0.01);
    }

    [Fact]
    public async Task Usage_counts_each_part_of_a_large_result()
    {
        await using var runs = await OnServerAsync();
        var (record, seen) = await RunAsync(runs, "truncate -s 70000000 $out/eplusout.eso");
        Expect(record, seen);
        Assert.Equal(5, seen.Puts.Count(call => call.Target.Contains("/eplusout.eso", StringComparison.Ordinal))); // begin, 3 parts, end
        Assert.True(record.Usage!.BytesOut > 70_000_000);
        Assert.True(record.Usage.Lists > 0, "uploads without an answer were looked for");
    }

    [Fact]
    public async Task Result_that_grows_is_sent_while_it_is_written_and_counted_also_over_an_earlier_run()
    {
        using var folder = new TemporaryFolder();
        await using var runs = await OnServerAsync();
        for (var round = 1; round <= 2; round++)
        {
            var goesOn = folder[$"round-{round}"];
            var running = RunAsync(
                runs, "truncate -s 40000000 $out/eplusout.eso", $"until [ -e {goesOn} ]; do sleep 0.1; done",
                "truncate -s 70000000 $out/eplusout.eso");
            while (!running.IsCompleted && !runs.Proxy.Calls.Any(call => call.IsAnswered && IsPart(call.Target, 1)))
                await Task.Delay(50, TestContext.Current.CancellationToken);
            Assert.False(running.IsCompleted, "the first part goes while EnergyPlus runs");
            await File.WriteAllTextAsync(goesOn, "", TestContext.Current.CancellationToken);
            var (record, seen) = await running;
            Assert.Equal((RunStatus.Completed, 70_000_000L),
                (record.Status, record.Files.Single(file => file.Path == "eplusout.eso").SizeBytes));
            Expect(record, seen);
            Assert.Equal(5, seen.Puts.Count(call => call.Target.Contains("/eplusout.eso", StringComparison.Ordinal)));
            Assert.Equal(0, await runs.UnfinishedAsync());
            runs.Proxy.Clear();
        }
    }

    [Fact]
    public async Task Usage_counts_what_is_sent_again()
    {
        await using var runs = await OnServerAsync();
        runs.Proxy.Fail(
            call => call.Method == "PUT" && call.Target.EndsWith("/eplusout.eso", StringComparison.Ordinal),
            new Fault.Answer(503, "SlowDown"), times: 2);
        var (record, seen) = await RunAsync(runs, "echo results > $out/eplusout.eso");
        Assert.Equal(RunStatus.Completed, record.Status);
        Expect(record, seen);
        Assert.Equal(3, seen.Puts.Count(call => call.Target.EndsWith("/eplusout.eso", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Usage_counts_what_is_denied()
    {
        await using var runs = await OnServerAsync();
        // Its refusal ends what is sent beside it. Whether a request that is given up then has gone out, nobody can say for certain.
        var others = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        runs.Proxy.Fail(call => IsPutOf(call, "eplusout.eso"), new Fault.Answer(403, "AccessDenied", others.Task), times: 9);
        var running = RunAsync(runs, "echo results > $out/eplusout.eso");
        while (!running.IsCompleted && !AreStored())
            await Task.Delay(20, TestContext.Current.CancellationToken);
        others.SetResult();
        var (record, seen) = await running;
        Assert.Equal((RunStatus.Failed, RunReason.GaveUp), (record.Status, record.Reason));
        Expect(record, seen);

        bool AreStored() => ((string[])["eplusout.err", "eplusout.end"]).All(
            file => runs.Proxy.Calls.Any(call => call.IsAnswered && IsPutOf(call, file)));
    }

    [Fact]
    public async Task Usage_of_a_rejected_run_is_what_the_server_saw()
    {
        await using var runs = await OnServerAsync();
        await runs.PutAsync("inputs/office.idf", "Version,25.2;\nSchedule:File, s, , nowhere.csv, 1, 0;\n");
        var record = await runs.RunAsync("inputs/office.idf");
        Assert.Equal((RunStatus.Rejected, RunReason.MissingFile), (record.Status, record.Reason));
        Expect(record, new(runs.Proxy.Calls, Record));
    }

    [Fact]
    public async Task Usage_of_a_run_over_an_earlier_one_is_its_own()
    {
        await using var runs = await OnServerAsync();
        await RunAsync(runs, "echo results > $out/eplusout.eso", "echo more > $out/eplusout.csv");
        var (record, seen) = await RunAsync(runs, "echo others > $out/eplusout.eso");
        Expect(record, seen);
        Assert.True(record.Usage is { Lists: > 0, Deletes: > 0 }, "the folder was listed, and what only the earlier run had removed");
    }

    [Fact]
    public async Task Usage_of_results_from_the_cache_is_of_their_copies()
    {
        await using var runs = await OnServerAsync(new() { Cache = "outputs/.cache/" });
        const string Write = "yes results | head -c 300000 > $out/eplusout.eso"; // more than is read of an object at once
        await RunAsync(runs, Write);
        await runs.PutAsync("inputs/other.idf", ScriptedEnergyPlus.Model(Write));
        runs.Proxy.Clear();
        var record = await runs.RunAsync("inputs/other.idf");
        Assert.NotNull(record.ResultsOf);
        Expect(record, new(runs.Proxy.Calls, "outputs/other/run.json"));
    }

    [Fact]
    public async Task Runs_side_by_side_are_counted_each_by_itself()
    {
        await using var runs = await OnServerAsync();
        foreach (var name in (string[])["a", "b", "c"])
            await runs.PutAsync($"inputs/{name}.idf", ScriptedEnergyPlus.Model("sleep 0.3", "echo results > $out/eplusout.eso"));
        var records = await Task.WhenAll(
            ((string[])["a", "b", "c"]).Select(name => runs.RunAsync($"inputs/{name}.idf")));
        var puts = runs.Proxy.Calls.Count(call => call is { IsAnswered: true, Method: "PUT" });
        Assert.Equal(puts, records.Sum(record => record.Usage!.Puts));
        Assert.Single(records.Select(record => record.Usage!.Puts).Distinct());
    }

    private static bool IsPutOf(ProxiedCall call, string file) =>
        call.Method == "PUT" && call.Target.EndsWith("/" + file, StringComparison.Ordinal);

    private static bool IsPart(string target, int number) =>
        target.Contains("/eplusout.eso", StringComparison.Ordinal) && target.Contains($"partNumber={number}", StringComparison.Ordinal);

    private Task<ProxiedRuns> OnServerAsync(RunSettings? settings = null) =>
        ProxiedRuns.OnAsync(server, _energyPlus.Installation, settings);

    /// <summary>Drops a model that does these shell commands, and gives its record and what was seen meanwhile.</summary>
    private async Task<(RunRecord Record, SeenRequests Seen)> RunAsync(ProxiedRuns runs, params string[] commands)
    {
        await runs.PutAsync("inputs/office.idf", ScriptedEnergyPlus.Model(commands));
        if (_drops++ > 0) runs.Proxy.Clear();
        var record = await runs.RunAsync("inputs/office.idf", $"0{_drops}");
        return (record, new(runs.Proxy.Calls, Record));
    }

    private static void Expect(RunRecord record, SeenRequests seen) => Assert.Equal(seen.Counts, SeenRequests.CountsOf(record.Usage!));
}
