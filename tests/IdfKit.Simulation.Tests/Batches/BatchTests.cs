using RunBed;
using IdfKit.Engine;
using IdfKit.Storage;

using TestBed;

namespace IdfKit.Simulation.Tests.Batches;

/// <summary>Batches and streams of jobs.</summary>
public sealed class BatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedEnergyPlus _energyPlus = new();
    private readonly MemoryFileSystem _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _energyPlus.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Batch_gives_results_in_the_order_of_its_jobs_whatever_becomes_of_them()
    {
        var jobs = new[]
        {
            Job("slow", "sleep 0.6"),
            Job("fatal", "fatal"),
            new SimulationJob("not-there.idf", null, "out/absent"),
            Job("quick"),
            Text("empty", ""),
        };
        await using var simulator = new Simulator(_energyPlus.Installation);
        var batch = await simulator.SimulateBatchAsync(jobs, new() { MaxConcurrency = 3 }, _files.AsAsync(), cancellationToken: Token);

        Assert.Equal(
            [RunOutcome.Completed, RunOutcome.Failed, RunOutcome.Rejected, RunOutcome.Completed, RunOutcome.Rejected],
            batch.Select(result => result.Outcome));
        Assert.Equal(jobs.Select(job => job.OutputDirectory), batch.Select(result => result.Directory));
        Assert.Equal([batch[0], batch[3]], batch.Succeeded);
        Assert.Equal([batch[1], batch[2], batch[4]], batch.Failed);
        Assert.False(batch.AllSucceeded);
        Assert.Equal(StorageErrorKind.NotFound, Assert.IsType<StorageException>(batch[2].Error).Kind);
        Assert.IsType<ModelSyntaxException>(batch[4].Error);
        Assert.Empty(batch[2].Errors.Messages);
        Assert.Null(batch[2].Sql);
    }

    [Fact]
    public async Task Jobs_that_run_at_once_get_one_process_each_and_their_records_say_so()
    {
        var parts = new SimulationOptions { Parallel = IdfKit.Runs.Parallelism.Periods };
        var model = ScriptedEnergyPlus.Model() + "RunPeriod,A,1,1,,1,2,;\nRunPeriod,B,2,1,,2,2,;\n";
        _files.WriteText("a.epw", Weather.Text(0));
        SimulationJob[] jobs = [.. ((string[])["a", "b", "c"]).Select(name => Text(name, model) with { Weather = "a.epw" })];
        jobs[0] = jobs[0] with { Options = parts };
        jobs[1] = jobs[1] with { Options = parts };
        await using var simulator = new Simulator(_energyPlus.Installation);
        var batch = await simulator.SimulateBatchAsync(jobs, new() { MaxConcurrency = 2 }, _files.AsAsync(), cancellationToken: Token);
        Assert.Equal([true, true, false], batch.Select(result =>
            result.Record!.Notices.Any(notice => notice.Contains("other jobs of its batch run at once", StringComparison.Ordinal))));
        Assert.All(batch, result => Assert.Equal((true, null), (result.Succeeded, result.Record!.Segments)));
    }

    [Fact]
    public void Batch_blocks_until_all_have_ended()
    {
        var simulator = new Simulator(_energyPlus.Installation);
        var batch = simulator.SimulateBatch([Job("a"), Job("b")], fileSystem: _files, cancellationToken: Token);
        Assert.True(batch.AllSucceeded);
        Assert.True(batch.Runtime > TimeSpan.Zero);
        Assert.Empty(simulator.SimulateBatch([], cancellationToken: Token));
    }

    [Fact]
    public async Task Batch_runs_no_more_than_its_bound_at_once()
    {
        var (running, most) = (0, 0);
        var files = new RecordingFileSystem(_files.AsAsync());
        files.Before = request =>
        {
            if (request.StartsWith("Download", StringComparison.Ordinal)) Most(Interlocked.Increment(ref running));
            else if (request.StartsWith("Write", StringComparison.Ordinal) && request.EndsWith("run.json", StringComparison.Ordinal))
                Interlocked.Decrement(ref running);
            return Task.CompletedTask;
        };
        await using var simulator = new Simulator(_energyPlus.Installation);
        var batch = await simulator.SimulateBatchAsync(Enumerable.Range(0, 9).Select(number => Job($"job{number}", "sleep 0.1")),
            new() { MaxConcurrency = 3 }, files, cancellationToken: Token);
        Assert.True(batch.AllSucceeded);
        Assert.Equal(3, most);

        void Most(int now) { lock (files) most = Math.Max(most, now); }
    }

    [Fact]
    public async Task Batch_with_a_shared_output_directory_is_refused_before_anything_runs()
    {
        var files = new RecordingFileSystem(_files.AsAsync());
        await using var simulator = new Simulator(_energyPlus.Installation);
        SimulationJob[] jobs = [
            Job("one"), Job("two") with { Label = "second" }, Job("three") with { OutputDirectory = "out/one", Label = "third" }
        ];
        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => simulator.SimulateBatchAsync(jobs, fileSystem: files, cancellationToken: Token));
        Assert.Contains("Job 0 ('one.idf') and job 2 ('third') share the output directory 'out/one'",
            refused.Message, StringComparison.Ordinal);
        Assert.Empty(files.Requests);

        // A stream is refused when it is asked for, not when it is first read; on local disk by what paths mean.
        SimulationJob[] local = [new("a.idf", null, _folder["x"]), new("b.idf", null, _folder["y", "..", "x"] + "/")];
        Assert.Throws<ArgumentException>(() => simulator.SimulateBatchStreamAsync(local, cancellationToken: Token));
    }

    [Fact]
    public async Task Batch_tells_its_progress_and_that_of_each_job()
    {
        var told = new List<BatchProgress>();
        await using var simulator = new Simulator(_energyPlus.Installation);
        await simulator.SimulateBatchAsync(
            [Job("a"), Job("b", "fatal"), Job("c")], fileSystem: _files.AsAsync(), progress: new Sink<BatchProgress>(one => { lock (told)
                told.Add(one); }), cancellationToken: Token);

        Assert.All(told, one => Assert.Equal(3, one.Total));
        Assert.Equal(3, told.Count(one => one.Current is null));
        Assert.Equal((3, 1, 100.0), (told.Max(one => one.Ended), told.Max(one => one.Failed), told.Max(one => one.Percent)));
        foreach (var index in new[] { 0, 1, 2 })
            Assert.Equal([SimulationPhase.Staging, SimulationPhase.Storing, SimulationPhase.Complete],
                told.Where(one => one.Index == index && one.Current is not null).Select(one => one.Current!.Phase).Distinct());
    }

    [Fact]
    public async Task Stream_gives_jobs_as_they_end()
    {
        var gate = _folder["gate"];
        var order = new List<int>();
        await using var simulator = new Simulator(_energyPlus.Installation);
        var stream = simulator.SimulateBatchStreamAsync(
            [Job("waits", $"while [ ! -e '{gate}' ]; do sleep 0.02; done"), Job("quick"), new("absent.idf", null, "out/absent")],
            new() { MaxConcurrency = 2 }, _files.AsAsync(), cancellationToken: Token);
        await foreach (var ended in stream)
        {
            order.Add(ended.Index);
            Assert.NotEqual(ended.Result is null, ended.Error is null);
            if (order.Count == 2) await File.WriteAllTextAsync(gate, "", Token);
        }
        Assert.Equal([1, 2, 0], order);
    }

    [Fact]
    public async Task Leaving_the_stream_stops_the_rest()
    {
        var mark = Guid.NewGuid().ToString("N");
        await using var simulator = new Simulator(_energyPlus.Installation);
        var jobs = new[]
        {
            Job("hangs", $"sh -c 'sleep 900; : {mark}'"), Job("quick", "sleep 0.2"),
            Job("third", $"sh -c 'sleep 900; : {mark}'"), Job("never")
        };
        var stream = simulator.SimulateBatchStreamAsync(jobs, new() { MaxConcurrency = 2 }, _files.AsAsync(), cancellationToken: Token);
        await foreach (var ended in stream)
        {
            Assert.Equal(1, ended.Index);
            break;
        }
        Assert.False(ScriptedEnergyPlus.Lives(mark));
        string[] results = ["eplusout.end", "eplusout.err", "report.html", "run.json", "summary.json"];
        Assert.Equal(results.Select(name => "out/quick/" + name),
            _files.Glob("out", "**", Token));
    }

    [Fact]
    public async Task Batch_canceled_stops_its_processes_and_keeps_the_callers_token()
    {
        var mark = Guid.NewGuid().ToString("N");
        using var cancel = new CancellationTokenSource();
        await using var simulator = new Simulator(_energyPlus.Installation);
        var progress = new Sink<BatchProgress>(one => { if (one.Ended == 1) cancel.Cancel(); });
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => simulator.SimulateBatchAsync(
            [Job("hangs", $"sh -c 'sleep 900; : {mark}'"), Job("quick", "sleep 0.2")],
            new() { MaxConcurrency = 2 }, _files.AsAsync(), progress, cancel.Token));
        Assert.Equal(cancel.Token, thrown.CancellationToken);
        Assert.False(ScriptedEnergyPlus.Lives(mark));
        Assert.True(_files.Exists("out/quick/run.json"));
    }

    [Fact]
    public async Task Simulator_disposed_while_a_batch_runs_ends_it()
    {
        var mark = Guid.NewGuid().ToString("N");
        var started = _folder["started"];
        var simulator = new Simulator(_energyPlus.Installation);
        var running = simulator.SimulateBatchAsync([Job("hangs", $"echo yes > '{started}'", $"sh -c 'sleep 900; : {mark}'")],
            fileSystem: _files.AsAsync(), cancellationToken: Token);
        await ScriptedEnergyPlus.WaitForAsync(started);
        await simulator.DisposeAsync();
        Assert.IsType<ObjectDisposedException>((await running)[0].Error);
        Assert.False(ScriptedEnergyPlus.Lives(mark));
    }

    private SimulationJob Job(string name, params string[] commands) => Text(name, ScriptedEnergyPlus.Model(commands));

    private SimulationJob Text(string name, string model)
    {
        _files.WriteBytes(name + ".idf", System.Text.Encoding.UTF8.GetBytes(model), Token);
        return new(name + ".idf", null, "out/" + name);
    }
}
