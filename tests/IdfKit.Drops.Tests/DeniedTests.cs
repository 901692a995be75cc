using IdfKit.Runs;
using IdfKit.Storage;
using RunBed;

namespace IdfKit.Drops.Tests;

/// <summary>
/// What the role may not read of what an author named or dropped is told in a record, and the model is run once it can be
/// read. Where the role may not list, S3 says the same of what is not there.
/// </summary>
public sealed class DeniedTests : IAsyncDisposable
{
    private const string NeedsWeather = "SimulationControl,No,No,No,No,Yes;\nRunPeriod,Year,1,1,,12,31,,Sunday;\n";

    private PipelineBed _bed = new();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData("inputs/a/office.idf", "a/office")]
    [InlineData("inputs/a/office.zip", "a/office.zip")]
    public async Task Model_itself(string key, string folder)
    {
        Deny(key);
        var record = await DropAsync(key, ScriptedEnergyPlus.Model(), folder);
        Expect(record, RunReason.MissingFile, $"s3://bucket/{key} is not there or may not be read");
        AllowAll();
        Assert.Equal(RunResultKind.Committed, Assert.Single(await _bed.DeliverAsync(await _bed.PutAsync(key, "x"))).Kind); // put again
    }

    [Fact]
    public async Task Model_of_a_call_without_a_sequencer()
    {
        var drop = await _bed.PutAsync("inputs/a/office.idf", ScriptedEnergyPlus.Model()) with { Sequencer = null };
        Deny("inputs/a/office.idf");
        var result = Assert.Single(await _bed.DeliverAsync(drop));
        Expect(result.Record!, RunReason.MissingFile, "is not there or may not be read");
    }

    [Fact]
    public async Task Job_file_that_is_there()
    {
        await _bed.PutAsync("inputs/a/office.job.json", """{"label": "x"}""");
        Deny("inputs/a/office.job.json");
        var record = await DropAsync("inputs/a/office.idf", _bed.EnergyPlus.CountedModel(), "a/office");
        Expect(record, RunReason.BadJobFile, "inputs/a/office.job.json", "inputs/a/office.job.json");
        await ArrivesAsync("inputs/a/office.job.json", """{"label": "x"}""", "a/office");
        Assert.Equal("x", (await _bed.RecordAsync("a/office")).Label);
    }

    [Fact]
    public async Task Job_file_that_is_not_there_where_the_role_may_list()
    {
        Deny("inputs/a/office.job.json"); // some servers' answer
        var record = await DropAsync("inputs/a/office.idf", ScriptedEnergyPlus.Model(), "a/office");
        Assert.Equal((RunStatus.Completed, 0), (record.Status, record.Notices.Count));
    }

    [Fact]
    public async Task Job_file_and_weather_that_may_be_there_where_the_role_may_not_list()
    {
        await RestartAsync(settings => settings with { DefaultWeather = "weather/site.epw" });
        await _bed.PutAsync("weather/site.epw", Weather.Text(1));
        Deny("inputs/a/office.job.json", "inputs/a/office.epw", "inputs/a");
        var record = await DropAsync("inputs/a/office.idf", ScriptedEnergyPlus.Model() + NeedsWeather, "a/office");
        Assert.Equal((RunStatus.Completed, "default"), (record.Status, record.Weather?.Source));
        foreach (var said in new[] { "office.job.json' is not there or may not be read", "office.epw is not there or may not be read" })
            Assert.Contains(record.Notices, notice => notice.Contains(said, StringComparison.Ordinal));
        Assert.All(record.Notices, AssertIsSentence);
    }

    [Theory]
    [InlineData("office.epw")]
    [InlineData("Office.EPW")]
    [InlineData("site.epw")]
    public async Task Weather_beside_the_model(string name)
    {
        await RestartAsync(settings => settings with { DefaultWeather = "weather/site.epw" });
        await _bed.PutAsync("weather/site.epw", Weather.Text(1)); // it is not what the author means
        await _bed.PutAsync("inputs/a/" + name, Weather.Text(2));
        Deny("inputs/a/" + name);
        var record = await DropAsync("inputs/a/office.idf", _bed.EnergyPlus.CountedModel() + NeedsWeather, "a/office");
        Expect(record, RunReason.NoWeather, $"s3://bucket/inputs/a/{name} is there", "inputs/a/" + name, "inputs/a/office.job.json");
        await ArrivesAsync("inputs/a/" + name, Weather.Text(3), "a/office");
        Assert.Equal("inputs/a/" + name, (await _bed.RecordAsync("a/office")).Weather?.Key);
    }

    [Fact]
    public async Task Weather_that_may_be_there_where_the_role_may_not_list()
    {
        Deny("inputs/a/office.job.json", "inputs/a/office.epw", "inputs/a");
        var record = await DropAsync("inputs/a/office.idf", _bed.EnergyPlus.CountedModel() + NeedsWeather, "a/office");
        Expect(record, RunReason.NoWeather, "s3://bucket/inputs/a/office.epw is not there or may not be read, its folder may not be listed",
            "inputs/a/office.epw", "inputs/a/office.job.json");
        await ArrivesAsync("inputs/a/office.epw", Weather.Text(3), "a/office");
    }

    [Theory] // beside the model and at the bucket's root
    [InlineData("w.epw", "inputs/a/w.epw", "w.epw")]
    [InlineData("w.epw", "inputs/a/w.epw", "inputs/a/w.epw")]
    [InlineData("W.EPW", "inputs/a/w.epw", "inputs/a/w.epw")]
    [InlineData("../w.epw", "inputs/w.epw", "inputs/w.epw")]
    public async Task Weather_that_the_job_file_names(string named, string arrives, string denied)
    {
        await RestartAsync(settings => settings with { WeatherPlaces = ["s3://bucket/"] });
        await _bed.PutAsync("inputs/a/office.job.json", $$"""{"weather": "{{named}}"}""");
        await _bed.PutAsync(denied, Weather.Text(1));
        Deny(denied, "w.epw", "W.EPW");
        var record = await DropAsync("inputs/a/office.idf", _bed.EnergyPlus.CountedModel() + NeedsWeather, "a/office");
        var said = $"The weather '{named}' that the job file names is not there or may not be read";
        Expect(record, RunReason.NoWeather, said, record.Missing[0]);
        await ArrivesAsync(arrives, Weather.Text(2), "a/office");
    }

    [Theory]
    [InlineData("s3://other/w.epw", "Ask the bucket's owner to let the function's role read it, then drop the model again.")]
    [InlineData("s3://bucket/w.epw", "Ask the bucket's owner to let the function's role read it, then drop the model again.")]
    public async Task Weather_of_another_bucket_that_metadata_name(string named, string said)
    {
        await RestartAsync(settings => settings with { WeatherPlaces = ["s3://bucket/", "s3://other/"] });
        var content = System.Text.Encoding.UTF8.GetBytes(_bed.EnergyPlus.CountedModel() + NeedsWeather);
        var options = new WriteOptions { Metadata = new Dictionary<string, string> { ["weather"] = named } };
        await _bed.Files.WriteAsync("inputs/a/office.idf", new MemoryStream(content), options);
        Deny("w.epw");
        var drop = new DroppedObject("bucket", ObjectKey.FromText("inputs/a/office.idf")) { Sequencer = "0A" };
        await _bed.DeliverAsync(drop);
        var record = await _bed.RecordAsync("a/office");
        Expect(record, RunReason.NoWeather, said);
        // A job file goes before the metadata.
        await _bed.PutAsync("inputs/a/v.epw", Weather.Text(1));
        await ArrivesAsync("inputs/a/office.job.json", """{"weather": "v.epw"}""", "a/office");
    }

    [Theory]
    [InlineData("weather/site.epw")]
    [InlineData("s3://other/weather/site.epw")]
    public async Task Default_weather(string setting)
    {
        await RestartAsync(settings => settings with { DefaultWeather = setting });
        Deny("weather/site.epw", "weather");
        var record = await DropAsync("inputs/a/office.idf", _bed.EnergyPlus.CountedModel() + NeedsWeather, "a/office");
        Expect(record, RunReason.NoWeather, "Put an .epw beside the model, and the model is run", "inputs/a/office.epw", "inputs/a/*.epw");
        await ArrivesAsync("inputs/a/any.epw", Weather.Text(2), "a/office");
    }

    [Theory]
    [InlineData("use.csv", "use.csv")]
    [InlineData("USE.csv", "use.csv")]
    [InlineData("../common/use.csv", "../common/use.csv")]
    [InlineData(@"C:\\data\\use.csv", "use.csv")]
    public async Task File_that_the_model_names(string written, string lies)
    {
        var key = lies.StartsWith("../", StringComparison.Ordinal) ? "inputs/" + lies[3..] : "inputs/a/" + lies;
        await _bed.PutAsync(key, "1\n");
        Deny(key);
        var model = _bed.EnergyPlus.CountedModel() + $"Schedule:File,Use,,{written.Replace(@"\\", @"\", StringComparison.Ordinal)},1,0;\n";
        var record = await DropAsync("inputs/a/office.idf", model, "a/office");
        Expect(record, RunReason.MissingFile, $"s3://bucket/{key}' is not there or may not be read", key);
        await ArrivesAsync(key, "2\n", "a/office");
    }

    [Fact] // HEAD and listing are answered for what is encrypted with a key that the role may not use
    public async Task File_that_is_seen_but_cannot_be_read_is_not_run_for_again_and_again()
    {
        await _bed.PutAsync("inputs/a/use.csv", "1\n");
        await _bed.PutAsync("inputs/a/office.epw", Weather.Text(1));
        _bed.Seen.IsDenied = request => !request.StartsWith("Exists", StringComparison.Ordinal)
            && !request.StartsWith("Stat", StringComparison.Ordinal) && !request.StartsWith("List", StringComparison.Ordinal)
            && (request.EndsWith("/use.csv", StringComparison.Ordinal) || request.EndsWith("/office.epw", StringComparison.Ordinal));
        foreach (var model in new[] { NeedsWeather, "Schedule:File,Use,,use.csv,1,0;\n" })
        {
            _bed.Seen.Clear();
            await DropAsync("inputs/a/office.idf", _bed.EnergyPlus.CountedModel() + model, "a/office");
            Assert.Single(_bed.Seen.Requests, request => request == "Download inputs/a/office.idf");
        }
    }

    [Fact]
    public async Task Record_that_is_denied_because_it_is_not_there()
    {
        _bed.Seen.IsDenied = request => request == "Download outputs/a/office/run.json";
        Assert.Equal(RunStatus.Completed, (await DropAsync("inputs/a/office.idf", ScriptedEnergyPlus.Model(), "a/office")).Status);
        var again = await _bed.PutAsync("inputs/a/office.idf", ScriptedEnergyPlus.Model()); // now it is there, and cannot be read
        var denied = await Assert.ThrowsAsync<StorageException>(() => _bed.DeliverAsync(again));
        Assert.Equal(StorageErrorKind.AccessDenied, denied.Kind);
    }

    [Theory] // one simulation, and the answer at once: another attempt would be denied, too
    [InlineData("Upload outputs/a/office/eplusout.eso")]
    [InlineData("Upload outputs/a/office/summary.json")]
    [InlineData("Write outputs/.timed-out/")]
    [InlineData("Remove outputs/a/office/eplusout.old")]
    public async Task Results_that_may_not_be_written_or_removed(string request)
    {
        await RestartAsync(settings => settings with { HandOver = true });
        await RunOnceAsync("echo x > $out/eplusout.old");
        _bed.Seen.IsDenied = asked => asked.StartsWith(request, StringComparison.Ordinal);
        var isHandedOver = request.Contains(".timed-out", StringComparison.Ordinal);
        var drop = await _bed.PutAsync(
            "inputs/a/office.idf", _bed.EnergyPlus.CountedModel($"echo x > $out/eplusout.eso{(isHandedOver ? "; sleep 60" : "")}"));
        var before = _bed.EnergyPlus.Runs;

        var results = await _bed.DeliverAsync(drop, isHandedOver ? TimeSpan.FromSeconds(4) : null);
        await _bed.DeliverAsync(drop); // once more, as S3 may

        Assert.Equal(RunResultKind.Committed, Assert.Single(results).Kind);
        Assert.Equal(before + 1, _bed.EnergyPlus.Runs);
        var record = await _bed.RecordAsync("a/office");
        Assert.Equal((RunStatus.Failed, RunReason.GaveUp), (record.Status, record.Reason));
        Assert.Equal([RunRecordFile.ReportName], record.Files.Select(file => file.Path));
        Assert.StartsWith("s3://bucket/inputs/a/office.idf was given up: the function may not do what a run needs (", record.Message,
            StringComparison.Ordinal);
        Assert.Contains(request[(request.IndexOf(' ', StringComparison.Ordinal) + 1)..], record.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "the function's owner can let its role do so. Then drop the model again.", record.Message, StringComparison.Ordinal);
        AssertIsSentence(record.Message!);
        AllowAll();
        await RunOnceAsync("echo x > $out/eplusout.end");
        Assert.Equal(
            (await _bed.RecordAsync("a/office")).Files.Select(file => file.Path).Append("run.json").Order(StringComparer.Ordinal),
            (await _bed.Files.GlobAsync("outputs/a/office", "**").ToListAsync()).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact] // the claim bears no tags; the record of the end would
    public async Task Tags_that_may_not_be_written_leave_a_rejection_its_own_reason()
    {
        await _bed.PutAsync("inputs/a/office.job.json", """{"weather":"none.epw","tags":{"project":"x"}}""");
        var drop = await _bed.PutAsync("inputs/a/office.idf", _bed.EnergyPlus.CountedModel());
        await _bed.DeliverAsync(drop);
        var expected = await _bed.RecordAsync("a/office");
        Assert.Equal((RunStatus.Rejected, "x"), (expected.Status, expected.Tags["project"]));

        await _bed.Files.RemoveAsync("outputs/a/office/run.json");
        var writes = 0;
        _bed.Seen.IsDenied = request => request == "Write outputs/a/office/run.json" && ++writes == 2;
        await _bed.DeliverAsync(await _bed.PutAsync("inputs/a/office.idf", _bed.EnergyPlus.CountedModel()));
        var record = await _bed.RecordAsync("a/office");
        Assert.Equal((expected.Status, expected.Reason, expected.Message), (record.Status, record.Reason, record.Message));
        Assert.Empty(record.Tags);
    }

    [Fact] // what cannot be written cannot be told in the bucket; the claim finds out before EnergyPlus is started
    public async Task Record_that_may_not_be_written_fails_without_a_simulation()
    {
        _bed.Seen.IsDenied = request => request == "Write outputs/a/office/run.json";
        var drop = await _bed.PutAsync("inputs/a/office.idf", _bed.EnergyPlus.CountedModel());
        var denied = await Assert.ThrowsAsync<StorageException>(() => _bed.DeliverAsync(drop));
        Assert.Equal((StorageErrorKind.AccessDenied, 0), (denied.Kind, _bed.EnergyPlus.Runs));
        Assert.DoesNotContain("outputs/a/office/run.json", await _bed.Seen.AllAsync());
    }

    [Fact] // a role that lost its rights meanwhile: whatever comes again is denied at its claim
    public async Task Record_that_may_not_be_written_any_more_fails_after_one_simulation()
    {
        var writes = 0;
        _bed.Seen.IsDenied = request => request == "Write outputs/a/office/run.json" && ++writes > 1;
        var drop = await _bed.PutAsync("inputs/a/office.idf", _bed.EnergyPlus.CountedModel());
        var delivery = new Delivery("the same of all attempts", DateTimeOffset.UtcNow.AddMinutes(5));
        for (var attempt = 0; attempt < 3; attempt++)
            await Assert.ThrowsAsync<StorageException>(() => _bed.Pipeline.RunAsync(drop, delivery));
        Assert.Equal(1, _bed.EnergyPlus.Runs);
    }

    [Theory]
    [InlineData("Write outputs/a/office/progress.json")]
    [InlineData("Remove outputs/a/office/progress.json")]
    [InlineData("Stat outputs/a/office/run.json")]
    public async Task Progress_that_may_not_be_told_is_left_out(string request)
    {
        await RestartAsync(settings => settings with { ProgressInterval = TimeSpan.FromMilliseconds(20) });
        _bed.Seen.IsDenied = asked => asked == request;
        await RunOnceAsync("echo 'Warming up {1}'; sleep 0.3; echo x > $out/eplusout.eso");
        Assert.Equal(1, _bed.EnergyPlus.Runs);
        if (!request.StartsWith("Remove", StringComparison.Ordinal)) Assert.Contains(request, _bed.Seen.Requests);
    }

    [Fact] // its caller was answered with the record of the other bucket's model
    public async Task Model_of_another_bucket_with_the_same_bucket_of_results()
    {
        await RestartAsync(settings => settings with { OutputBucket = "results" });
        await RunOnceAsync("true");
        var other = new DroppedObject("elsewhere", ObjectKey.FromText("inputs/a/office.idf"));
        _bed.Seen.IsDenied = request => request == "Stat inputs/a/office.idf";
        var result = Assert.Single(await _bed.DeliverAsync(other));
        Assert.Equal((RunResultKind.Ignored, null), (result.Kind, result.Record));
        Assert.StartsWith("s3://elsewhere/inputs/a/office.idf was not run: the folder of its results holds those of s3://bucket/inputs/a/",
            result.Explanation, StringComparison.Ordinal);
        AssertIsSentence(result.Explanation);

        AllowAll(); // a put that is newer wins, whatever the sequencers of two buckets say
        result = Assert.Single(await _bed.DeliverAsync(other with { Sequencer = "00", EventTime = DateTimeOffset.UtcNow.AddMinutes(1) }));
        Assert.Equal(("elsewhere", RunStatus.Completed), (result.Record?.Input.Bucket, result.Record?.Status));
    }

    private async Task RunOnceAsync(string script)
    {
        await _bed.DeliverAsync(await _bed.PutAsync("inputs/a/office.idf", _bed.EnergyPlus.CountedModel(script)));
        var record = await _bed.RecordAsync("a/office");
        Assert.True(record.Status == RunStatus.Completed, record.Message);
    }

    private void Deny(params string[] paths) =>
        _bed.Seen.IsDenied = request => paths.Contains(request[(request.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

    private void AllowAll() => _bed.Seen.IsDenied = static _ => false;

    private async Task RestartAsync(Func<RunSettings, RunSettings> adjust)
    {
        await _bed.DisposeAsync();
        _bed = new PipelineBed(adjust);
    }

    private async Task<RunRecord> DropAsync(string key, string content, string folder)
    {
        await _bed.DeliverAsync(await _bed.PutAsync(key, content));
        return await _bed.RecordAsync(folder);
    }

    /// <summary>The file can be read now, and its event comes: the model is run, once.</summary>
    private async Task ArrivesAsync(string key, string content, string folder)
    {
        var before = _bed.EnergyPlus.Runs;
        AllowAll();
        await _bed.DeliverAsync(await _bed.PutAsync(key, content));
        var record = await _bed.RecordAsync(folder);
        Assert.True(record.Status == RunStatus.Completed, record.Message);
        Assert.Equal(before + 1, _bed.EnergyPlus.Runs);
        Assert.Empty(await _bed.Files.GlobAsync("outputs/.waiting", "**").ToListAsync());
    }

    private static void Expect(RunRecord record, string reason, string said, params string[] missing)
    {
        Assert.True((record.Status, record.Reason) == (RunStatus.Rejected, reason), $"{record.Status}, {record.Reason}: {record.Message}");
        Assert.Contains(said, record.Message, StringComparison.Ordinal);
        Assert.All(missing, file => Assert.Contains(file, record.Missing));
        AssertIsSentence(record.Message!);
    }

    private static void AssertIsSentence(string message)
    {
        Assert.True(message.Length <= 300, $"{message.Length} characters: {message}");
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
    }
}
