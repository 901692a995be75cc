using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

using IdfKit.Runs;

using TestBed;

namespace IdfKit.Cli.Tests.Estimate;

/// <summary><c>idfkit estimate</c>.</summary>
public sealed class EstimateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Model_is_told_by_its_last_run()
    {
        await PutModelAsync("office.idf");
        await PutRunAsync("outputs/office", 12_345, new FileInfo(_folder["office.idf"]).Length);
        var (exitCode, output) = await EstimateAsync(_folder["office.idf"], "--to", _folder["outputs"], "--memory", "2048");
        Assert.Equal(0, exitCode);
        Assert.Matches(@"office\.idf +12\.3 s +100 MB +\$0\.0005  as its last run of 2026-05-01 took\n", output);
        Assert.Contains("1 model: 12.3 s one after another, $0.0005.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("roughly", output, StringComparison.Ordinal);

        await File.AppendAllTextAsync(_folder["office.idf"], "! more\n", Token);
        (_, output) = await EstimateAsync(_folder["office.idf"], "--to", _folder["outputs"]);
        Assert.Contains("when the file had another size", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_that_ends_with_a_comma_is_estimated()
    {
        await File.WriteAllTextAsync(_folder["office.idf"], TestBed.DesignDays.Model + "Output:Meter,Electricity:Facility,", Token);
        var (exitCode, output) = await EstimateAsync(_folder["office.idf"]);
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("cut off", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_without_a_run_is_told_by_its_size_and_says_that_this_is_rough()
    {
        await PutModelAsync("days.idf");
        File.Copy(Repository.PathOf("examples", "one-zone.idf"), _folder["year.idf"]);
        var (exitCode, output) = await EstimateAsync(_folder["days.idf"], _folder["year.idf"]);
        Assert.Equal(0, exitCode);
        Assert.Matches(@"days\.idf .*roughly, by its size \(0\.0\d? MB\) and design days alone", output);
        Assert.Matches(@"year\.idf .*roughly, .* and a weather file's periods", output);
        Assert.Matches(@"2 models: about [\d.]+ s one after another, about \$", output);
        Assert.Contains("A size tells little", output, StringComparison.Ordinal);
    }

    /// <summary>The figures are those of docs/estimates.md.</summary>
    [Theory]
    [InlineData("year.idf", "2 + 20", 2, 20)]
    [InlineData("days.idf", "0.3 + 2.2", 0.3, 2.2)]
    [InlineData("year.zip", "2 + 20", 2, 20)]
    public async Task Size_gives_the_seconds_and_the_memory_of_the_documents_rule(
        string name, string rule, double least, double perMegabyte)
    {
        var padding = string.Concat(Enumerable.Repeat("! a comment of fifty characters, which counts as well\n", 20_000));
        Directory.CreateDirectory(_folder["zipped"]);
        await PutModelAsync("days.idf", DesignDays.Model + padding);
        var year = await File.ReadAllTextAsync(Repository.PathOf("examples", "one-zone.idf"), Token);
        await PutModelAsync("year.idf", year + padding);
        await PutModelAsync("zipped/year.idf", year + padding);
        await ZipFile.CreateFromDirectoryAsync(_folder["zipped"], _folder["year.zip"], Token);

        var (exitCode, output) = await EstimateAsync(_folder[name], "--json");

        Assert.Equal(0, exitCode);
        var said = JsonDocument.Parse(output).RootElement.GetProperty("models")[0];
        var megabytes = new FileInfo(_folder[name is "days.idf" ? name : "year.idf"]).Length / 1e6;
        Assert.Equal(least + (perMegabyte * megabytes), said.GetProperty("seconds").GetDouble(), 0.06);
        Assert.Equal(190 + (58 * megabytes), said.GetProperty("memory_mb").GetDouble(), 0.6);
        Assert.True(said.GetProperty("is_rough").GetBoolean());
        Assert.Equal(JsonValueKind.Null, said.GetProperty("run_id").ValueKind);
        var document = await File.ReadAllTextAsync(Repository.PathOf("docs", "estimates.md"), Token);
        Assert.Contains($"| {rule} for each MB | 190 MB + 58 for each MB |", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dollars_are_the_time_the_call_and_the_requests_of_the_last_run()
    {
        await PutModelAsync("office.idf");
        await PutRunAsync("outputs/office", 12_345, 1);
        var (_, output) = await EstimateAsync(_folder["office.idf"], "--to", _folder["outputs"], "--json", "--prices", await PricesAsync());
        var model = JsonDocument.Parse(output).RootElement.GetProperty("models")[0];
        // 12.345 s of 1,769 MB at 0.001, a call at 0.1, ten PUT and five GET at 0.01 and 0.001 each
        Assert.Equal((12.345 * 1_769 / 1_024 * 0.001) + 0.1 + 0.1 + 0.005, model.GetProperty("dollars").GetDouble(), 1e-6);
        Assert.Equal("1", model.GetProperty("run_id").GetString());
    }

    [Theory]
    [InlineData("copied", "roughly, by its size")]
    [InlineData("long", "roughly, by its size")]
    [InlineData("under way", "roughly, by its size")]
    public async Task Run_whose_time_tells_nothing_is_not_gone_by(string what, string said)
    {
        await PutModelAsync("office.idf");
        var months = TimeSpan.FromDays(60);
        await PutRunAsync("outputs/office", 7_000, 1, change: record => what switch
        {
            "copied" => record with { ResultsOf = new("0", "b", "inputs/other.idf", DateTimeOffset.UnixEpoch) },
            "long" => record with { TimingsMs = record.TimingsMs with { Total = (long)months.TotalMilliseconds } },
            _ => record with { Status = RunStatus.Running, FinishedAt = null },
        });
        var (exitCode, output) = await EstimateAsync(_folder["office.idf"], "--to", _folder["outputs"]);
        Assert.Equal(0, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.DoesNotContain("since its last run", output, StringComparison.Ordinal);
        Assert.DoesNotContain(" 7 s", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_that_did_not_complete_tells_nothing_but_that()
    {
        await PutModelAsync("office.idf");
        await PutRunAsync("outputs/office", 900_000, 1, RunStatus.TimedOut);
        var (_, output) = await EstimateAsync(_folder["office.idf"], "--to", _folder["outputs"]);
        Assert.Contains("since its last run timed_out", output, StringComparison.Ordinal);
        Assert.DoesNotContain("900", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_is_told_file_by_file_each_by_the_run_at_its_place()
    {
        await PutModelAsync("models/a/office.idf");
        await PutModelAsync("models/b/office.idf");
        await PutModelAsync("models/b/office.epJSON", "{}");
        await ZipFile.CreateFromDirectoryAsync(_folder["models", "a"], _folder["models", "office.zip"], Token);
        await PutRunAsync("outputs/a/office", 1_000, 1);
        await PutRunAsync("outputs/b/office", 2_000, 1);
        await PutRunAsync("outputs/office.zip", 4_000, 1);
        var (exitCode, output) = await EstimateAsync(_folder["models"], "--to", _folder["outputs"], "--json");
        var said = JsonDocument.Parse(output).RootElement;
        var models = said.GetProperty("models").EnumerateArray().ToList();
        Assert.Equal(
            [("office.idf", 1.0), ("office.epJSON", -1), ("office.idf", 2.0), ("office.zip", 4.0)],
            models.Select(model => (Path.GetFileName(model.GetProperty("file").GetString()), SecondsOf(model))));
        Assert.Equal((1, 1), (exitCode, said.GetProperty("error_count").GetInt32())); // "{}" is no model
        Assert.Equal(7.0, said.GetProperty("seconds").GetDouble());
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_is_said_beside_it_and_the_others_are_told()
    {
        await PutModelAsync("good.idf");
        await PutModelAsync("bad.idf", "no model at all");
        await PutModelAsync("bad.zip", "no zip");
        await PutModelAsync("x.study.csv", "name\na\n");
        await PutModelAsync("w.epw", "LOCATION");
        var (exitCode, output) = await EstimateAsync(
            [.. ((string[])["good.idf", "bad.idf", "bad.zip", "x.study.csv", "w.epw", "absent.idf"]).Select(name => _folder[name])]);
        Assert.Equal(1, exitCode);
        Assert.Contains("absent.idf: there is no such file.", output, StringComparison.Ordinal);
        Assert.Contains("w.epw: it is no model", output, StringComparison.Ordinal);
        Assert.Contains("x.study.csv: it is a study; 'idfkit study check", output, StringComparison.Ordinal);
        Assert.Contains("5 files could not be estimated.", output, StringComparison.Ordinal);
        Assert.Contains("1 model: about", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "FILES")]
    [InlineData(1, "there is no model", "EMPTY")]
    [InlineData(1, "there is no folder", "M", "--to", "absent-folder")]
    [InlineData(2, "s3:", "M", "--to", "s3:/nonsense")]
    [InlineData(2, "no prices of the region", "M", "--region", "mars-1")]
    [InlineData(1, "cannot be used", "M", "--prices", "absent.json")]
    [InlineData(2, "must not be empty", "M", "--to", "")]
    [InlineData(2, "--memory must lie between 128 and 10240", "M", "--memory", "0")]
    public async Task Wrong_usage_is_one_sentence(int exit, string said, params string[] arguments)
    {
        await PutModelAsync("m.idf");
        Directory.CreateDirectory(_folder["empty"]);
        var typed = arguments.Select(text => text switch { "M" => _folder["m.idf"], "EMPTY" => _folder["empty"], _ => text });
        var (exitCode, output) = await EstimateAsync([.. typed]);
        Assert.True(exit == exitCode, output);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_as_reviewed()
    {
        var (exitCode, output) = await Tool.RunAsync(null, "estimate", "--help");
        Assert.Equal(0, exitCode);
        var reviewed = Repository.PathOf("tests", "IdfKit.Cli.Tests", "Estimate", "estimate-help.txt");
        Assert.Equal((await File.ReadAllTextAsync(reviewed, Token)).Trim(), output.Trim());
    }

    private static double SecondsOf(JsonElement model) =>
        model.GetProperty("seconds") is { ValueKind: JsonValueKind.Number } seconds ? seconds.GetDouble() : -1;

    private static Task<(int ExitCode, string Output)> EstimateAsync(params string[] arguments) =>
        Tool.RunAsync(new Dictionary<string, string> { ["AWS_REGION"] = "" }, ["estimate", .. arguments]);

    private async Task PutModelAsync(string name, string? text = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        await File.WriteAllTextAsync(_folder[name], text ?? DesignDays.Model, Token);
    }

    private async Task<string> PricesAsync()
    {
        var list = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("docs", "prices.json"), Token))!;
        var regions = list["regions"]!.AsObject();
        foreach (var other in regions.Select(region => region.Key).Where(name => name != "us-east-1").ToList()) regions.Remove(other);
        foreach (var (name, dollars) in (ReadOnlySpan<(string, decimal)>)[
            ("lambda_gb_second_x86", 0.001m), ("lambda_request", 0.1m), ("s3_put_per_1000", 10), ("s3_get_per_1000", 1)])
            regions["us-east-1"]![name] = dollars;
        await File.WriteAllTextAsync(_folder["prices.json"], list.ToJsonString(), Token);
        return _folder["prices.json"];
    }

    private async Task PutRunAsync(
        string folder, long ms, long bytes, RunStatus status = RunStatus.Completed, Func<RunRecord, RunRecord>? change = null)
    {
        Directory.CreateDirectory(_folder[folder]);
        var record = new RunRecord
        {
            RunId = "1", Status = status, Input = new("b", "inputs/office.idf") { SizeBytes = bytes }, StartedAt = DateTimeOffset.UnixEpoch,
            FinishedAt = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero), TimingsMs = new() { Total = ms, Simulate = ms },
            PeakMemoryBytes = 100 << 20, Usage = new(10, 5, 0, 0, 0, 0, null),
        };
        await File.WriteAllBytesAsync(
            Path.Combine(_folder[folder], "run.json"), RunRecordFile.ToJson(change?.Invoke(record) ?? record), Token);
    }
}
