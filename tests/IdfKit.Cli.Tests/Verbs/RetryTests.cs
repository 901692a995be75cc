using System.Text.Json.Nodes;

using IdfKit.LocalCloud;
using IdfKit.Runs;
using IdfKit.Storage;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary><c>idfkit retry</c>: which models, each put again once, and nothing else changed.</summary>
public sealed class RetryTests(RgwServer rgw, MotoServer moto) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Places => VerbPlace.All;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Places))]
    public async Task Failed_ones_those_of_a_reason_or_those_named_are_put_again(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        await PutAsync(place, "p/ok", RunStatus.Completed, null);
        await PutAsync(place, "p/slow", RunStatus.TimedOut, "deadline");
        await PutAsync(place, "büro 1", RunStatus.Failed, "fatal");
        await Recorded.BeginAsync(place.Files, "inputs/p/under way.idf");
        await SaysAsync(place, 0, ["2 models would be run again.", "timed_out", "inputs/büro 1.idf (fatal)"], "--dry-run");
        await SaysAsync(place, 0, ["1 model would be run again.", "inputs/p/slow.idf"], "--reason", "deadline", "--dry-run");
        await SaysAsync(place, 1, ["there are deadline, fatal."], "--reason", "deadlin");
        foreach (var name in (string[])["inputs/p/ok.idf", "p/ok.idf", "outputs/p/ok"])
            await SaysAsync(place, 0, ["1 model would be run again.", "inputs/p/ok.idf"], name, "--dry-run");
        await SaysAsync(place, 1, ["there is no run of 'p/none.idf'"], "p/none.idf");

        var before = await place.ListAsync();
        await Task.Delay(1100, Token); // S3 tells times in seconds
        await SaysAsync(place, 0, ["2 models put again."]);
        var after = await place.ListAsync();
        Assert.Equal(before.Keys, after.Keys);
        foreach (var (key, entry) in after)
        {
            var isPut = key is "inputs/p/slow.idf" or "inputs/büro 1.idf";
            Assert.True(isPut == (entry.Modified > before[key].Modified), key);
        }
        Assert.Equal(Recorded.Model, await place.Files.ReadTextAsync("inputs/büro 1.idf"));
    }

    [Theory]
    [InlineData(VerbPlace.Dev)]
    [InlineData(VerbPlace.Ceph)]
    [InlineData(VerbPlace.Moto)]
    public async Task What_is_stored_beside_a_model_is_kept(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        using (var content = new MemoryStream("Version,25.2;"u8.ToArray()))
            await place.Files.WriteAsync("inputs/a.idf", content, new WriteOptions
            {
                ContentType = "text/plain", Metadata = new Dictionary<string, string> { ["weather"] = "golden.epw" },
            });
        await Recorded.EndAsync(place.Files, "inputs/a.idf", RunStatus.Failed, "fatal");
        await SaysAsync(place, 0, ["1 model put again."]);
        var entry = await place.Files.StatAsync("inputs/a.idf");
        Assert.Equal(("text/plain", "golden.epw"), (entry.ContentType, entry.Metadata["weather"]));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Record_that_names_an_impossible_model_keeps_no_other_from_being_run_again(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        await PutAsync(place, "good", RunStatus.Failed, "fatal");
        string[] impossible = ["../x.idf", "inputs//b.idf", "inputs/" + new string('x', 2000) + ".idf", "inputs/a\u0001.idf"];
        for (var i = 0; i < impossible.Length; i++)
        {
            await PutAsync(place, $"bad{i}", RunStatus.Failed, "fatal");
            var record = JsonNode.Parse(await place.Files.ReadTextAsync($"outputs/bad{i}/run.json"))!;
            record["input"]!["key"] = impossible[i];
            await place.Files.WriteTextAsync($"outputs/bad{i}/run.json", record.ToJsonString());
        }

        await SaysAsync(place, 1, ["1 model put again.", "x.idf", "b.idf"]);
    }

    [Fact]
    public async Task Function_is_told_of_each_model_once_more()
    {
        var told = new List<string>();
        await using var server = await LocalBucketServer.StartAsync(new() { Directory = _folder.Path, BucketName = "local" });
        server.Notify(new BucketNotification { Prefix = "inputs/", Target = document => { lock (told) told.Add(document); } });
        await using var files = new AsyncLocalFileSystem(_folder.Path);
        await files.WriteTextAsync("inputs/a.idf", Recorded.Model);
        await UntilAsync(() => told.Count == 1);
        foreach (var place in (string[])[_folder.Path, server.Endpoint.AbsoluteUri])
        {
            var before = told.Count;
            await Recorded.EndAsync(files, "inputs/a.idf", RunStatus.Failed, "fatal");
            var (exitCode, output) = await Tool.RunAsync(null, "retry", place);
            Assert.True(exitCode == 0, output);
            await UntilAsync(() => told.Count == before + 1);
        }
        var sequencers = told.ConvertAll(document => (string)JsonNode.Parse(document)!["Records"]![0]!["s3"]!["object"]!["sequencer"]!);
        Assert.Equal(sequencers.Order(StringComparer.Ordinal), sequencers);
        Assert.Equal(3, sequencers.Distinct().Count());
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Two_at_once_put_each_model_again_once(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        for (var at = 0; at < 12; at++) await PutAsync(place, $"p/{at}", RunStatus.Failed, "fatal");
        await Task.Delay(1100, Token); // S3 tells times in seconds
        var calls = await Task.WhenAll(
            place.IdfKitAsync("retry", place.Name), place.IdfKitAsync("retry", place.Name), place.IdfKitAsync("retry", place.Name));
        Assert.All(calls, call => Assert.True(call.ExitCode == 0, call.Output));
        var all = string.Concat(calls.Select(call => call.Output));
        Assert.Single(calls, call => call.Output.Contains("12 models put again.", StringComparison.Ordinal));
        const string Waits = "12 models were put again a while ago already";
        Assert.Equal(2, calls.Count(call => call.Output.Contains(Waits, StringComparison.Ordinal)));
        Assert.DoesNotContain(await place.ListAsync(), file => file.Key.Contains("retry", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_was_left_behind_and_a_model_that_is_replaced_meanwhile_do_not_end_it()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        await PutAsync(place, "a", RunStatus.Failed, "fatal");
        await place.Files.WriteTextAsync("outputs/.idfkit-retry", "left");
        File.SetLastWriteTimeUtc(Path.Combine(place.Name, "outputs", ".idfkit-retry"), DateTime.UtcNow.AddMinutes(-5));
        await SaysAsync(place, 0, ["1 model put again."]);
    }

    [Fact]
    public async Task Interrupted_run_is_run_again()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        await place.Files.WriteTextAsync("inputs/a.idf", Recorded.Model);
        await Recorded.BeginAsync(place.Files, "inputs/a.idf", null, DateTimeOffset.UnixEpoch);
        await SaysAsync(place, 0, ["1 model would be run again."], "--dry-run");
        File.SetLastWriteTimeUtc(Path.Combine(place.Name, "inputs", "a.idf"), DateTime.UnixEpoch);
        await SaysAsync(place, 0, ["1 model put again."]);
        Assert.NotEqual(DateTimeOffset.UnixEpoch, (await place.Files.StatAsync("inputs/a.idf")).Modified);
    }

    [Fact]
    public async Task Model_that_is_gone_and_rows_of_studies_are_said()
    {
        await using var place = await VerbPlace.OpenAsync(VerbPlace.Folder, rgw, moto);
        await Recorded.EndAsync(place.Files, "inputs/gone.idf", RunStatus.Failed, "fatal");
        var row = await Recorded.EndAsync(place.Files, "inputs/row.idf", RunStatus.Failed, "fatal");
        await Recorded.WriteAsync(place.Files, "outputs/row", row with { Study = new("inputs/s.study.csv", "r1", 1, "x") });
        await SaysAsync(place, 1, ["inputs/gone.idf is no longer there", "1 row of a study left out; 'idfkit study retry "]);
        Assert.False(await place.Files.ExistsAsync("inputs/gone.idf"));
    }

    private static async Task PutAsync(VerbPlace place, string name, RunStatus status, string? reason)
    {
        await place.Files.WriteTextAsync($"inputs/{name}.idf", Recorded.Model);
        await Recorded.EndAsync(place.Files, $"inputs/{name}.idf", status, reason, "why");
    }

    private static async Task SaysAsync(VerbPlace place, int exit, string[] said, params string[] arguments)
    {
        var (exitCode, output) = await place.IdfKitAsync(["retry", place.Name, .. arguments]);
        Assert.True(exit == exitCode, output);
        foreach (var one in said) Assert.Contains(one, output, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo()) await Task.Delay(20, Token);
    }
}
