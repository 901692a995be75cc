using RunBed;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using NJsonSchema;
using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Runs;

namespace IdfKit.EndToEnd.Tests;

public sealed class DroppedModelTests(EventServer server)
{
    [Theory]
    [InlineData("one-zone", "Golden")]
    [InlineData("RefBldgWarehouse", "Chicago")]
    [InlineData("RefBldgSmallOffice", "Chicago")]
    public async Task Dropped_model_leaves_the_results_that_the_plain_program_writes(string name, string place)
    {
        var model = RealParts.Model(name);
        var weather = RealParts.Weather(place);
        await using var cloud = await Cloud.StartAsync(server, ("IDFKIT_WEATHER", "weather/site.epw"));
        await cloud.DropAsync("weather/site.epw", weather);

        await cloud.DropAsync($"inputs/{name}.idf", model);
        var record = await cloud.RecordAsync($"outputs/{name}");

        Assert.Equal((RunStatus.Completed, 0, "default"), (record.Status, record.ExitCode, record.Weather?.Source));
        Assert.Equal((cloud.Bucket, $"inputs/{name}.idf", new FileInfo(model).Length),
            (record.Input.Bucket, record.Input.Key, record.Input.SizeBytes));
        Assert.True(record.PeakMemoryBytes > 50_000_000 && record.CpuMs > 0, "EnergyPlus uses more than 50 MB and some time");

        var page = Encoding.UTF8.GetString((await cloud.ReadAsync($"outputs/{name}/report.html"))!);
        Assert.Equal(record.Summary!.HoursSimulated > 0, page.Contains("<h2>Month by month", StringComparison.Ordinal));
        Assert.Contains(" on AWS Lambda with ", page, StringComparison.Ordinal);

        using var plain = new TemporaryFolder();
        RunPlainProgram(plain.Path, model, weather);
        var ours = Encoding.Latin1.GetString((await cloud.ReadAsync($"outputs/{name}/eplusout.eso"))!);
        var theirs = await File.ReadAllTextAsync(plain["eplusout.eso"], Encoding.Latin1, TestContext.Current.CancellationToken);
        Assert.Equal(theirs[theirs.IndexOf('\n')..], ours[ours.IndexOf('\n')..]);
    }

    [Fact]
    public async Task Function_that_waits_for_an_event_has_the_process_of_the_next_run()
    {
        await using var cloud = await Cloud.StartAsync(server);
        await cloud.DropAsync("inputs/first.idf", RealParts.Model("RefBldgWarehouse"));
        await cloud.RecordAsync("outputs/first");

        var function = Assert.Single(cloud.Function.ProcessIds);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (EnginesOf(function) < 2) await Task.Delay(10, patience.Token); // the host, and what was forked from it
    }

    [Fact]
    public async Task Record_lists_every_file_with_its_checksum_and_keeps_to_its_schema()
    {
        await using var cloud = await Cloud.StartAsync(server);
        await cloud.DropAsync("inputs/study/golden.epw", Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"));
        await cloud.DropTextAsync("inputs/study/one zone.job.json",
            """{"label": "base", "tags": {"case": "1"}, "meters": ["EnergyTransfer:Facility"], "readvars": true}""");
        await cloud.DropAsync("inputs/study/one zone.idf", Repository.PathOf("examples", "one-zone.idf"));

        var record = await cloud.RecordAsync("outputs/study/one zone");

        Assert.Equal((RunStatus.Completed, "folder", "base", "1"),
            (record.Status, record.Weather?.Source, record.Label, record.Tags["case"]));
        Assert.Contains(record.AddedObjects, added => added.Contains("EnergyTransfer:Facility", StringComparison.Ordinal));
        Assert.Contains(record.Files, file => file.Path == "eplusout.csv");
        var inBucket = (await cloud.KeysAsync("outputs/study/one zone/")).Select(key => key["outputs/study/one zone/".Length..])
            .Where(path => path is not ("run.json" or "progress.json"));
        Assert.Equal(record.Files.Select(file => file.Path).Order(StringComparer.Ordinal), inBucket.Order(StringComparer.Ordinal));
        foreach (var file in record.Files)
        {
            var content = await cloud.ReadAsync("outputs/study/one zone/" + file.Path);
            Assert.Equal((file.SizeBytes, file.Sha256), (content!.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
        }
        foreach (var file in new[] { "run.json", "summary.json", "report.html", "eplusout.sql" })
        {
            var tags = await cloud.S3.GetObjectTaggingAsync(
                new() { BucketName = cloud.Bucket, Key = "outputs/study/one zone/" + file },
                TestContext.Current.CancellationToken);
            Assert.Equal(["case=1"], tags.Tagging.Select(tag => $"{tag.Key}={tag.Value}"));
            Assert.Equal("base", (await cloud.S3.GetObjectMetadataAsync(
                cloud.Bucket, "outputs/study/one zone/" + file, TestContext.Current.CancellationToken)).Metadata["label"]);
        }
        await AssertMatchesAsync("run", (await cloud.ReadAsync("outputs/study/one zone/run.json"))!);
        await AssertMatchesAsync("summary", (await cloud.ReadAsync("outputs/study/one zone/summary.json"))!);
        using var summary = System.Text.Json.JsonDocument.Parse((await cloud.ReadAsync("outputs/study/one zone/summary.json"))!);
        Assert.InRange(summary.RootElement.GetProperty("site_energy_gj").GetDouble(), 5, 50);
        Assert.Equal(48, summary.RootElement.GetProperty("total_area_m2").GetDouble());
    }

    [Fact]
    public async Task Same_event_twice_runs_once_and_newer_content_runs_again()
    {
        await using var cloud = await Cloud.StartSilentAsync(server);
        await cloud.DropAsync("inputs/a.epw", Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"));
        await cloud.DropAsync("inputs/a.idf", Repository.PathOf("examples", "one-zone.idf"));

        Assert.True((await cloud.Function.InvokeAsync(cloud.Event("inputs/a.idf", "0A"), TestContext.Current.CancellationToken)).Succeeded);
        var first = await cloud.RecordAsync("outputs/a");
        Assert.True((await cloud.Function.InvokeAsync(cloud.Event("inputs/a.idf", "0A"), TestContext.Current.CancellationToken)).Succeeded);
        Assert.True((await cloud.Function.InvokeAsync(cloud.Event("inputs/a.idf", "09"), TestContext.Current.CancellationToken)).Succeeded);
        Assert.Equal(first.RunId, (await cloud.RecordAsync("outputs/a")).RunId);

        Assert.True((await cloud.Function.InvokeAsync(cloud.Event("inputs/a.idf", "0B"), TestContext.Current.CancellationToken)).Succeeded);
        var second = await cloud.RecordAsync("outputs/a");
        Assert.Equal((RunStatus.Completed, "0B", false), (second.Status, second.Sequencer, second.RunId == first.RunId));
    }

    [Fact]
    public async Task Models_that_came_before_their_weather_run_when_it_arrives()
    {
        await using var cloud = await Cloud.StartAsync(server);
        await cloud.DropAsync("inputs/study/one.idf", Repository.PathOf("examples", "one-zone.idf"));
        await cloud.DropAsync("inputs/study/two.idf", Repository.PathOf("examples", "one-zone.idf"));
        foreach (var name in new[] { "one", "two" })
        {
            var waiting = await cloud.RecordAsync($"outputs/study/{name}");
            Assert.Equal((RunStatus.Rejected, RunReason.NoWeather), (waiting.Status, waiting.Reason));
            await AssertMatchesAsync("run", (await cloud.ReadAsync($"outputs/study/{name}/run.json"))!);
        }
        await cloud.DropAsync("inputs/study/site.epw", Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"));
        foreach (var name in new[] { "one", "two" })
        {
            var record = await cloud.RecordAsync($"outputs/study/{name}", still: RunStatus.Rejected);
            Assert.Equal((RunStatus.Completed, "inputs/study/site.epw", "folder"),
                (record.Status, record.Weather!.Key, record.Weather.Source));
        }
        await cloud.Function.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await cloud.KeysAsync("outputs/.waiting/"));
    }

    [Fact]
    public async Task Model_that_takes_longer_than_the_function_may_is_stopped_and_what_it_has_written_is_kept()
    {
        var limit = TimeSpan.FromSeconds(40); // a fifth of it is for what is stored then
        await using var cloud = await Cloud.StartSilentAsync(
            server, options => options with { Timeout = limit }, ("IDFKIT_ANNUAL", "true"));
        await cloud.DropAsync("inputs/hospital.epw", RealParts.Weather("Chicago"));
        await cloud.DropAsync("inputs/hospital.idf", RealParts.Model("RefBldgHospital")); // over a minute on this machine
        Assert.True(
            (await cloud.Function.InvokeAsync(cloud.Event("inputs/hospital.idf", "0A"), TestContext.Current.CancellationToken)).Succeeded,
            cloud.Log);
        var record = await cloud.RecordAsync("outputs/hospital");
        Assert.Equal((RunStatus.TimedOut, RunReason.Deadline), (record.Status, record.Reason));
        Assert.True(record.TimingsMs.Total < limit.TotalMilliseconds, $"it took {record.TimingsMs.Total} ms");
        Assert.Contains(record.Files, file => file is { Path: "eplusout.err", SizeBytes: > 0 });
        Assert.Contains(record.Files, file => file is { Path: "eplusout.eso", SizeBytes: > 0 });
    }

    [Fact]
    public async Task Smallest_function_has_enough_memory_for_a_small_model()
    {
        await using var cloud = await Cloud.StartSilentAsync(server, options => options with { MemoryMegabytes = 512 });
        await cloud.DropAsync("inputs/one.epw", Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"));
        await cloud.DropAsync("inputs/one.idf", Repository.PathOf("examples", "one-zone.idf"));
        Assert.True(
            (await cloud.Function.InvokeAsync(cloud.Event("inputs/one.idf", "0A"), TestContext.Current.CancellationToken)).Succeeded,
            cloud.Log);
        Assert.Equal(RunStatus.Completed, (await cloud.RecordAsync("outputs/one")).Status);
    }

    internal static async Task AssertMatchesAsync(string schema, byte[] json)
    {
        var read = await JsonSchema.FromFileAsync(
            Repository.PathOf("docs", "schemas", schema + ".schema.json"), TestContext.Current.CancellationToken);
        Assert.Empty(read.Validate(Encoding.UTF8.GetString(json)).Select(error => error.ToString()));
    }

    private static int EnginesOf(int function) => Directory.GetDirectories($"/proc/{function}/task")
        .SelectMany(task => File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Count(child => File.Exists($"/proc/{child}/comm") && File.ReadAllText($"/proc/{child}/comm").Trim() == "idfkit-engine");

    private static void RunPlainProgram(string outputs, string model, string weather)
    {
        using var program = Process.Start(new ProcessStartInfo(Path.Combine(RealParts.EnergyPlus(), "energyplus"),
            ["-w", weather, "-d", outputs, model]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        program.OutputDataReceived += (_, _) => { };
        program.ErrorDataReceived += (_, _) => { };
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        program.WaitForExit();
        Assert.Equal(0, program.ExitCode);
    }
}
