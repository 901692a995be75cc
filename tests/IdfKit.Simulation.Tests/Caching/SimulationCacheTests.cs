using RunBed;
using System.Text;
using TestBed;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Simulation.Tests.Caching;

/// <summary>The result cache: what hits, what misses, what a hit costs, and what becomes of broken entries.</summary>
public sealed class SimulationCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedEnergyPlus _energyPlus = new();
    private readonly MemoryFileSystem _files = new();
    private readonly RecordingFileSystem _remote;

    public SimulationCacheTests() => _remote = new(new AsyncLocalFileSystem(_folder["remote"]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _energyPlus.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Second_run_of_the_same_job_is_taken_from_the_cache()
    {
        var cache = new SimulationCache(_folder["cache"]);
        var job = Job(_energyPlus.CountedModel("date +%N > \"$out/eplusout.eio\""));
        var first = await RunAsync(cache, job);
        var again = await RunAsync(cache, job with { OutputDirectory = "elsewhere", Label = "again" });
        Assert.Equal(1, _energyPlus.Runs);
        Assert.Equal((false, true), (first.IsFromCache, again.IsFromCache));
        Assert.Equal(RunOutcome.Completed, again.Outcome);
        Assert.Equal(first.Files, again.Files);
        Assert.Equal(_files.ReadText("out/eplusout.eio"), _files.ReadText("elsewhere/eplusout.eio"));
        var record = RunRecordFile.FromJson(_files.ReadBytes("elsewhere/run.json"))!;
        Assert.Equal((first.Record!.RunId, "again"), (record.RunId, record.Label));
    }

    [Fact]
    public async Task Comments_and_spacing_and_timeout_do_not_matter()
    {
        var cache = new SimulationCache(_folder["cache"]);
        var model = _energyPlus.CountedModel();
        await RunAsync(cache, Job(model));
        var other = "! by somebody else\r\n"
            + model.Replace("Building,Scripted;", "BUILDING ,\r\n   Scripted ; ! - Name", StringComparison.Ordinal);
        Assert.True((await RunAsync(cache, Job(other) with { Options = new() { Timeout = TimeSpan.FromHours(1) } })).IsFromCache);
        Assert.Equal(1, _energyPlus.Runs);
    }

    [Fact]
    public async Task All_that_results_depend_on_matters()
    {
        var cache = new SimulationCache(_folder["cache"]);
        var model = _energyPlus.CountedModel() + "Schedule:File,S,,data.csv,1,0;\n";
        _files.WriteText("data.csv", "1");
        await RunAsync(cache, Job(model));
        var changes = new SimulationOptions[]
        {
            new() { DesignDay = true }, new() { ReadVars = true },
            new() { OutputPrefix = "x" }, new() { OutputSuffix = 'C' }, new() { ExpandObjects = false },
            new() { ExtraArguments = ["-j", "2"] },
            new() { Variables = [new("Zone Mean Air Temperature")] }, new() { Meters = [new("Electricity:Facility")] },
        };
        foreach (var options in changes) Assert.False((await RunAsync(cache, Job(model) with { Options = options })).IsFromCache);
        Assert.False((await RunAsync(cache, Job(model.Replace("Scripted", "Other", StringComparison.Ordinal)))).IsFromCache);
        Assert.False((await RunAsync(cache,
            Job(model.Replace("S,,data", "S, ,data.csv;\nSchedule:File,S2,,data", StringComparison.Ordinal)))).IsFromCache);
        Assert.True((await RunAsync(cache, Job(model))).IsFromCache);
        _files.WriteText("data.csv", "2");
        Assert.False((await RunAsync(cache, Job(model))).IsFromCache);
    }

    [Fact]
    public async Task Weather_matters_by_content_and_not_by_name()
    {
        var cache = new SimulationCache(_folder["cache"]);
        _files.WriteText("a.epw", Weather.Text(0));
        _files.WriteText("b.epw", Weather.Text(0));
        _files.WriteText("c.epw", Weather.Text(1));
        var job = Job(_energyPlus.CountedModel());
        await RunAsync(cache, job with { Weather = "a.epw" });
        Assert.True((await RunAsync(cache, job with { Weather = "b.epw" })).IsFromCache);
        Assert.False((await RunAsync(cache, job with { Weather = "c.epw" })).IsFromCache);
        Assert.False((await RunAsync(cache, job)).IsFromCache);
    }

    [Fact]
    public async Task What_was_asked_for_in_parts_answers_no_plain_request_and_no_plain_run_answers_it()
    {
        var cache = new SimulationCache(_folder["cache"]);
        var parts = new SimulationOptions { Parallel = Parallelism.Periods };
        _files.WriteText("a.epw", Weather.Text(0));
        var two = _energyPlus.CountedModel() + "RunPeriod,A,1,1,,1,2,;\nRunPeriod,B,2,1,,2,2,;\n";
        var job = Job(two) with { Weather = "a.epw" };
        await RunAsync(cache, job with { Options = parts });
        Assert.False((await RunAsync(cache, job)).IsFromCache);
        Assert.True((await RunAsync(cache, job with { Options = parts })).IsFromCache);
        Assert.True((await RunAsync(cache, job)).IsFromCache);

        var one = Job(_energyPlus.CountedModel() + "RunPeriod,A,1,1,,1,2,;\n") with { Weather = "a.epw" }; // never split: the same
        await RunAsync(cache, one with { Options = parts });
        var plain = await RunAsync(cache, one);
        Assert.True(plain.IsFromCache);
        Assert.Null(plain.Record!.Options.Parallel); // it was not asked for here
    }

    [Fact]
    public async Task What_was_asked_for_as_a_year_in_parts_answers_nobody_else()
    {
        var cache = new SimulationCache(_folder["cache"]);
        _files.WriteText("a.epw", Weather.Text(0));
        var job = Job(_energyPlus.CountedModel() + "RunPeriod,A,1,1,,12,31,;\n") with { Weather = "a.epw" };
        var year = job with { Options = new() { Parallel = Parallelism.Year } };
        await RunAsync(cache, year);
        Assert.False((await RunAsync(cache, job)).IsFromCache);
        Assert.True((await RunAsync(cache, year)).IsFromCache);
    }

    [Fact]
    public async Task A_plain_answer_tells_nothing_of_parts_and_a_job_among_others_what_holds_for_it()
    {
        const string Others = "other jobs of its batch run at once";
        var cache = new SimulationCache(_folder["cache"]);
        _files.WriteText("a.epw", Weather.Text(0));
        var job = Job(_energyPlus.CountedModel() + "RunPeriod,A,1,1,,12,31,;\n") with { Weather = "a.epw" };
        var batched = job with { OutputDirectory = "batched", Options = new() { Parallel = Parallelism.Year }, IsAmongOthers = true };
        Assert.Contains(Others, Parts(await RunAsync(cache, batched)), StringComparison.Ordinal);
        var plain = await RunAsync(cache, job);
        Assert.Equal((true, ""), (plain.IsFromCache, Parts(plain)));

        var other = new SimulationCache(_folder["other"]);
        Assert.Equal("", Parts(await RunAsync(other, job)));
        var later = await RunAsync(other, batched);
        Assert.True(later.IsFromCache);
        Assert.Contains(Others, Parts(later), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EpJson_spacing_does_not_matter_and_values_do()
    {
        var cache = new SimulationCache(_folder["cache"]);
        _files.WriteText("m.epJSON", """{"Version": {"v": {"version_identifier": "25.2"}}, "Building": {"B": {"north_axis": 0}}}""");
        _files.WriteText("spaced.epJSON",
            """{ "Version" : {"v": {"version_identifier": "25.2"}},   "Building": {"B": {"north_axis": 0}} }""");
        _files.WriteText("turned.epJSON", """{"Version": {"v": {"version_identifier": "25.2"}}, "Building": {"B": {"north_axis": 1}}}""");
        var job = new SimulationJob("m.epJSON", null, "out");
        await RunAsync(cache, job);
        Assert.True((await RunAsync(cache, job with { Model = "spaced.epJSON" })).IsFromCache);
        Assert.False((await RunAsync(cache, job with { Model = "turned.epJSON" })).IsFromCache);
    }

    [Fact]
    public async Task Runs_that_do_not_complete_are_not_kept()
    {
        var cache = new SimulationCache(_folder["cache"]);
        var job = Job(_energyPlus.CountedModel("fatal"));
        await RunAsync(cache, job);
        Assert.Equal(RunOutcome.Failed, (await RunAsync(cache, job)).Outcome);
        Assert.Equal(2, _energyPlus.Runs);
    }

    [Theory]
    [InlineData("*.zip", "cut")]
    [InlineData("*.zip", "flip")]
    [InlineData("*.zip", "swap")]
    [InlineData("*.zip", "remove")]
    [InlineData("entry.json", "cut")]
    [InlineData("entry.json", "remove")]
    public async Task A_broken_entry_is_a_miss_and_is_replaced(string file, string fault)
    {
        var cache = new SimulationCache(_folder["cache"]);
        var job = Job(_energyPlus.CountedModel("head -c 5000 /dev/urandom > \"$out/eplusout.eio\""));
        await RunAsync(cache, job);
        var path = Directory.GetFiles(_folder["cache"], file, SearchOption.AllDirectories).Single();
        var content = await File.ReadAllBytesAsync(path, Token);
        if (fault == "remove") File.Delete(path);
        else if (fault == "cut") await File.WriteAllBytesAsync(path, content[..(content.Length / 2)], Token);
        else if (fault == "swap") Swap(path); // a good archive, of other content
        else
        {
            content[1000] ^= 0x10; // inside the stored bytes of eplusout.eio
            await File.WriteAllBytesAsync(path, content, Token);
        }

        var again = await RunAsync(cache, job with { OutputDirectory = "second" });
        Assert.Equal((false, 2), (again.IsFromCache, _energyPlus.Runs));
        Assert.True((await RunAsync(cache, job with { OutputDirectory = "third" })).IsFromCache);
        Assert.Equal(_files.ReadBytes("second/eplusout.eio"), _files.ReadBytes("third/eplusout.eio"));
    }

    [Fact]
    public async Task A_hit_of_a_remote_run_writes_nothing_that_is_there_and_fetches_only_the_entry()
    {
        var cacheFiles = new RecordingFileSystem(new AsyncLocalFileSystem(_folder["cache"]));
        var cache = new SimulationCache(cacheFiles);
        var job = Job(_energyPlus.CountedModel());
        await _remote.WriteBytesAsync(job.Model, _files.ReadBytes(job.Model), Token);
        await using var simulator = new Simulator(_energyPlus.Installation, cache: cache);
        await simulator.SimulateAsync(job, _remote, cancellationToken: Token);

        _remote.Clear();
        cacheFiles.Clear();
        Assert.True((await simulator.SimulateAsync(job, _remote, cancellationToken: Token)).IsFromCache);
        Assert.Equal(["Download m.idf", "Read out/run.json", "List out"], _remote.Requests);
        Assert.Single(cacheFiles.Requests);

        // Of what has gone or was changed since, only that is sent again.
        await _remote.RemoveAsync("out/eplusout.err", Token);
        await _remote.WriteBytesAsync("out/summary.json", "altered"u8.ToArray(), Token);
        _remote.Clear();
        Assert.True((await simulator.SimulateAsync(job, _remote, cancellationToken: Token)).IsFromCache);
        Assert.Equal(["Upload out/eplusout.err", "Upload out/summary.json", "Write out/run.json", "Write out/run.json"],
            _remote.Writes.Order());
        Assert.NotEqual("altered", await _remote.ReadTextAsync("out/summary.json", null, Token));
    }

    [Fact]
    public async Task A_file_rewritten_with_the_same_size_after_the_record_is_sent_again()
    {
        var cache = new SimulationCache(_folder["cache"]);
        var job = Job(_energyPlus.CountedModel());
        await _remote.WriteBytesAsync(job.Model, _files.ReadBytes(job.Model), Token);
        await using var simulator = new Simulator(_energyPlus.Installation, cache: cache);
        await simulator.SimulateAsync(job, _remote, cancellationToken: Token);
        var good = await _remote.ReadBytesAsync("out/eplusout.end", Token);
        await _remote.WriteBytesAsync("out/eplusout.end", new byte[good.Length], Token);
        Assert.True((await simulator.SimulateAsync(job, _remote, cancellationToken: Token)).IsFromCache);
        Assert.Equal(good, await _remote.ReadBytesAsync("out/eplusout.end", Token));
    }

    [Fact]
    public async Task Caches_that_race_for_an_entry_leave_one_whole_one()
    {
        var job = Job(_energyPlus.CountedModel("sleep 0.2", "date +%N > \"$out/eplusout.eio\""));
        var racing = Enumerable.Range(0, 4)
            .Select(number => RunAsync(new SimulationCache(_folder["cache"]), job with { OutputDirectory = $"out{number}" }));
        Assert.All(await Task.WhenAll(racing), result => Assert.Equal(RunOutcome.Completed, result.Outcome));
        Assert.Equal(4, _energyPlus.Runs);
        Assert.Single(Directory.GetFiles(_folder["cache"], "*.zip", SearchOption.AllDirectories));
        Assert.True((await RunAsync(new SimulationCache(_folder["cache"]), job with { OutputDirectory = "last" })).IsFromCache);
        Assert.Contains(_files.ReadText("last/eplusout.eio"),
            Enumerable.Range(0, 4).Select(number => _files.ReadText($"out{number}/eplusout.eio")));
    }

    [Theory] // S3 denies what is not there to who may not list
    [InlineData("Upload")]
    [InlineData("Read")]
    [InlineData("Download")]
    public async Task A_cache_to_which_something_is_denied_is_slow_and_not_broken(string operation)
    {
        var cacheFiles = new RecordingFileSystem(new MemoryFileSystem().AsAsync())
        {
            Before = request => request.StartsWith(operation, StringComparison.Ordinal)
                ? throw new StorageException(StorageErrorKind.AccessDenied, operation, "entry")
                : Task.CompletedTask,
        };
        var job = Job(_energyPlus.CountedModel());
        var cache = new SimulationCache(cacheFiles);
        Assert.True((await RunAsync(cache, job)).Succeeded);
        Assert.True((await RunAsync(cache, job with { OutputDirectory = "again" })).Succeeded);
        Assert.Equal(2, _energyPlus.Runs);
    }

    private static void Swap(string path)
    {
        using var archive = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Update);
        archive.GetEntry("eplusout.eio")!.Delete();
        using var other = archive.CreateEntry("eplusout.eio").Open();
        other.Write(new byte[5000]);
    }

    private async Task<SimulationResult> RunAsync(SimulationCache cache, SimulationJob job)
    {
        await using var simulator = new Simulator(_energyPlus.Installation, cache: cache);
        return await simulator.SimulateAsync(job, _files.AsAsync(), cancellationToken: Token);
    }

    /// <summary>What a record says of parts.</summary>
    private static string Parts(SimulationResult result) =>
        string.Join('|', result.Record!.Notices.Where(notice => notice.Contains("parallel", StringComparison.Ordinal)));

    private SimulationJob Job(string model)
    {
        _files.WriteBytes("m.idf", Encoding.UTF8.GetBytes(model), Token);
        return new("m.idf", null, "out");
    }
}
