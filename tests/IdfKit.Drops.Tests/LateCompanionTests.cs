using TestBed;

using IdfKit.Drops.Notes;
using IdfKit.Runs;
using RunBed;
using IdfKit.Storage;

namespace IdfKit.Drops.Tests;

/// <summary>A folder arrives in any order, and every model in it is run once, when it has all it needs.</summary>
public sealed class LateCompanionTests
{
    private const string NeedsWeather = "SimulationControl,No,No,No,No,Yes;\nRunPeriod,Year,1,1,,12,31,,Sunday;\n";
    private const string NeedsSchedule = "Schedule:File,Occupancy,,schedules/occupancy.csv,1,0;\n";

    // Three models of different wants: weather; weather and a schedule of a folder below; weather of the folder above,
    // which only its job file names.
    private static IReadOnlyList<(string Key, string Content)> Folder(PipelineBed bed) =>
    [
        ("inputs/study/north.idf", bed.EnergyPlus.CountedModel() + NeedsWeather),
        ("inputs/study/south.idf", bed.EnergyPlus.CountedModel() + NeedsWeather + NeedsSchedule),
        ("inputs/study/sub/east.idf", bed.EnergyPlus.CountedModel() + NeedsWeather),
        ("inputs/study/sub/east.job.json", """{"weather": "/inputs/study/site.epw"}"""),
        ("inputs/study/site.epw", Weather.Text(20)),
        ("inputs/study/schedules/occupancy.csv", "1\n"),
    ];

    [Fact]
    public async Task Every_order_of_arrival_ends_with_each_model_run_once()
    {
        await using var bed = new PipelineBed();
        var files = Folder(bed);
        var orders = Permutations(files.Count).ToList();
        var random = new Random(1);
        foreach (var order in orders.OrderBy(_ => random.Next()).Take(Needs.Rounds(all: 60, quick: 20)))
            await RunsOnceAsync(bed, files, async () =>
            {
                foreach (var at in order) await bed.DeliverAsync(await bed.PutAsync(files[at].Key, files[at].Content));
            }, string.Join(' ', order));
    }

    [Fact]
    public async Task Shuffled_and_doubled_events_of_a_whole_folder_run_each_model_once()
    {
        await using var bed = new PipelineBed();
        var files = Folder(bed);
        for (var seed = 0; seed < Needs.Rounds(all: 30, quick: 10); seed++)
        {
            var random = new Random(seed);
            await RunsOnceAsync(bed, files, async () =>
            {
                var events = new List<DroppedObject>();
                foreach (var (key, content) in files) events.Add(await bed.PutAsync(key, content));
                foreach (var drop in events.Concat(events).OrderBy(_ => random.Next())) await bed.DeliverAsync(drop);
            }, $"seed {seed}");
        }
    }

    [Fact]
    public async Task Files_and_events_at_the_same_time_run_each_model_once()
    {
        await using var bed = new PipelineBed();
        var files = Folder(bed);
        for (var seed = 0; seed < Needs.Rounds(all: 30, quick: 10); seed++)
        {
            var random = new Random(seed);
            var order = files.OrderBy(_ => random.Next()).ToList();
            await RunsOnceAsync(bed, files, () => Task.WhenAll(order.Select(async file =>
            {
                await Task.Delay(random.Next(20));
                await DeliverAndAgainAsync(bed, await bed.PutAsync(file.Key, file.Content));
            })), $"seed {seed}");
        }
    }

    /// <summary>As a service does that delivers again what was not answered: here while another event's invocation ran the model.</summary>
    private static async Task DeliverAndAgainAsync(PipelineBed bed, DroppedObject drop)
    {
        while (true)
        {
            try
            {
                await bed.DeliverAsync(drop);
                return;
            }
            catch (RunDeferredException) { await Task.Delay(10, TestContext.Current.CancellationToken); }
        }
    }

    [Fact]
    public async Task Companion_that_arrives_at_any_moment_of_the_run_is_not_missed()
    {
        await using var bed = new PipelineBed();
        for (var moment = 0; ; moment++)
        {
            foreach (var path in await bed.Files.GlobAsync("", "**").ToListAsync()) await bed.Files.RemoveAsync(path);
            var before = bed.EnergyPlus.Runs;
            var left = moment;
            bed.Seen.Before = async _ =>
            {
                if (left-- != 0) return;
                bed.Seen.Before = null;
                await bed.DeliverAsync(await bed.PutAsync("inputs/site.epw", Weather.Text(21)));
            };
            await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", bed.EnergyPlus.CountedModel() + NeedsWeather));
            if (bed.Seen.Before is not null)
            {
                bed.Seen.Before = null;
                Assert.True(moment > 8, $"The run took only {moment} requests.");
                return;
            }
            var record = await bed.RecordAsync("office");
            Assert.True((record.Status, bed.EnergyPlus.Runs - before) == (RunStatus.Completed, 1),
                $"before request {moment}: {record.Status}, {bed.EnergyPlus.Runs - before} runs");
        }
    }

    [Fact]
    public async Task Record_names_what_is_missing_and_other_files_start_nothing()
    {
        await using var bed = new PipelineBed();
        await bed.DeliverAsync(await bed.PutAsync("inputs/a/office.idf", bed.EnergyPlus.CountedModel() + NeedsWeather));
        var record = await bed.RecordAsync("a/office");
        Assert.Equal((RunStatus.Rejected, RunReason.NoWeather), (record.Status, record.Reason));
        Assert.Equal(["inputs/a/office.epw", "inputs/a/*.epw", "inputs/a/office.job.json"], record.Missing);
        Assert.Contains("Put an .epw beside the model; it is then run", record.Message, StringComparison.Ordinal);

        string[] others =
        [
            "inputs/a/notes.txt", "inputs/site.epw", "inputs/a/b/site.epw", "inputs/a/school.job.json", "outputs/a/site.epw",
        ];
        foreach (var other in others)
        {
            var result = Assert.Single(await bed.DeliverAsync(await bed.PutAsync(other, "x")));
            Assert.Equal(RunResultKind.Ignored, result.Kind);
        }
        Assert.Equal(record.RunId, (await bed.RecordAsync("a/office")).RunId);
        Assert.Equal(0, bed.EnergyPlus.Runs);

        var started = Assert.Single(await bed.DeliverAsync(await bed.PutAsync("inputs/a/office.epw", Weather.Text(22))));
        Assert.Equal((RunResultKind.Committed, RunStatus.Completed), (started.Kind, started.Record!.Status));
        Assert.Empty(started.Record.Missing);
        Assert.Equal(RunResultKind.Ignored,
            Assert.Single(await bed.DeliverAsync(await bed.PutAsync("inputs/a/office.epw", Weather.Text(23)))).Kind);
        Assert.Equal(1, bed.EnergyPlus.Runs);
    }

    [Theory]
    [InlineData("inputs/a/use.CSV", "USE.csv")]
    [InlineData("inputs/a/bu\u0308ro.csv", "b\u00fcro.csv")]
    [InlineData("inputs/A/use.csv", "use.csv")]
    public void File_in_another_spelling_lets_the_waiting_model_run(string arrives, string written)
    {
        var rejected = Rejected(RunReason.MissingFile) with { Missing = ["inputs/a/" + written] };
        Assert.True(LateCompanion.LetsRun(ObjectKey.FromText(arrives), rejected));
        Assert.Contains(LateCompanion.Fold("inputs/a/" + written), LateCompanion.NamesOf(ObjectKey.FromText(arrives)));
        Assert.False(LateCompanion.LetsRun(ObjectKey.FromText(arrives + "x"), rejected));
    }

    [Fact]
    public async Task Weather_in_capitals_that_comes_late_starts_the_model()
    {
        await using var bed = new PipelineBed();
        await bed.DeliverAsync(await bed.PutAsync("inputs/house.idf", bed.EnergyPlus.CountedModel() + NeedsWeather));
        var result = Assert.Single(await bed.DeliverAsync(await bed.PutAsync("inputs/House.EPW", Weather.Text(0))));
        Assert.Equal((RunStatus.Completed, "inputs/House.EPW"), (result.Record!.Status, result.Record.Weather?.Key));
        Assert.Empty(await bed.Files.GlobAsync("outputs/.waiting", "**").ToListAsync());
    }

    [Fact]
    public async Task Bad_weather_waits_for_another_content_and_not_for_its_own_event()
    {
        await using var bed = new PipelineBed();
        await bed.PutAsync("inputs/house.epw", "<html>");
        var etag = (await bed.Files.StatAsync("inputs/house.epw")).ETag;
        var rejected = Rejected(RunReason.BadWeather) with
        {
            Missing = ["inputs/house.epw", "inputs/house.job.json"], Weather = new("bucket", "inputs/house.epw", "sibling") { ETag = etag },
        };
        Assert.Null(await WaitingModels.ArrivedAsync(bed.Files, rejected, CancellationToken.None));
        var weather = new DroppedObject("bucket", ObjectKey.FromText("inputs/house.epw"));
        Assert.True(LateCompanion.IsWhatWasRefused(weather with { ETag = etag }, rejected));
        Assert.False(LateCompanion.IsWhatWasRefused(weather with { ETag = "other" }, rejected));

        await bed.PutAsync("inputs/house.epw", "LOCATION,right");
        Assert.Equal("inputs/house.epw", (await WaitingModels.ArrivedAsync(bed.Files, rejected, CancellationToken.None))?.Value);
    }

    [Fact]
    public async Task What_may_not_be_read_has_not_arrived()
    {
        await using var bed = new PipelineBed();
        bed.Seen.Before = _ => throw new StorageException(StorageErrorKind.AccessDenied, "Exists", "w.epw", "denied");
        var rejected = Rejected(RunReason.NoWeather) with { Missing = ["w.epw"] };
        Assert.Null(await WaitingModels.ArrivedAsync(bed.Seen, rejected, CancellationToken.None));
    }

    private static RunRecord Rejected(string reason) => new()
    {
        RunId = "r",
        Status = RunStatus.Rejected,
        Reason = reason,
        Input = new("bucket", "inputs/a/house.idf"),
        StartedAt = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public async Task Job_file_that_names_no_weather_does_not_go_round_in_circles()
    {
        await using var bed = new PipelineBed();
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", bed.EnergyPlus.CountedModel() + NeedsWeather));
        var result = Assert.Single(await bed.DeliverAsync(await bed.PutAsync("inputs/office.job.json", """{"label": "x"}""")));
        Assert.Equal((RunStatus.Rejected, "x"), (result.Record!.Status, result.Record.Label));
        Assert.Equal(["inputs/office.epw", "inputs/*.epw"], result.Record.Missing);
    }

    [Fact]
    public async Task Models_that_do_not_fit_into_the_time_are_deferred_and_run_by_the_next_delivery()
    {
        await using var bed = new PipelineBed();
        for (var i = 0; i < 3; i++)
            await bed.DeliverAsync(await bed.PutAsync($"inputs/m{i}.idf", bed.EnergyPlus.CountedModel() + NeedsWeather));
        var weather = await bed.PutAsync("inputs/site.epw", Weather.Text(24));
        for (var delivery = 1; delivery <= 2; delivery++)
        {
            var deferred = await Assert.ThrowsAsync<RunDeferredException>(
                () => bed.DeliverAsync(weather, timeLeft: TimeSpan.FromSeconds(30)));
            Assert.Contains($"{3 - delivery} more models wait for s3://bucket/inputs/site.epw", deferred.Message, StringComparison.Ordinal);
            Assert.Equal(delivery, bed.EnergyPlus.Runs);
        }
        Assert.Single(await bed.DeliverAsync(weather, timeLeft: TimeSpan.FromSeconds(30)));
        Assert.Equal(3, bed.EnergyPlus.Runs);
    }

    private static async Task RunsOnceAsync(
        PipelineBed bed, IReadOnlyList<(string Key, string Content)> files, Func<Task> arrive, string told)
    {
        foreach (var path in await bed.Files.GlobAsync("", "**").ToListAsync()) await bed.Files.RemoveAsync(path);
        var before = bed.EnergyPlus.Runs;
        await arrive();
        foreach (var folder in new[] { "study/north", "study/south", "study/sub/east" })
        {
            var record = await bed.RecordAsync(folder);
            Assert.True(record.Status == RunStatus.Completed, $"{told}: {folder} is {record.Status}: {record.Message}");
            Assert.Equal("inputs/study/site.epw", record.Weather?.Key);
        }
        Assert.True(bed.EnergyPlus.Runs - before == 3, $"{told}: EnergyPlus ran {bed.EnergyPlus.Runs - before} times");
        Assert.Empty(await bed.Files.GlobAsync("outputs/.waiting", "**").ToListAsync());
        Assert.Equal(files.Count, (await bed.Files.GlobAsync("inputs", "**").ToListAsync()).Count);
    }

    private static IEnumerable<int[]> Permutations(int count) => count == 0
        ? [[]]
        : Permutations(count - 1).SelectMany(shorter => Enumerable.Range(0, count)
            .Select(at => shorter[..at].Append(count - 1).Concat(shorter[at..]).ToArray()));
}
