using System.Text.Json;

using IdfKit.Runs;
using IdfKit.Studies;

using TestBed;

namespace IdfKit.Cli.Tests.Studies;

/// <summary>What a study will take and cost, and has.</summary>
public sealed class PricedStudyTests : IDisposable
{
    private readonly StudyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Study_of_which_nothing_has_run_says_so_and_has_no_price()
    {
        var (exitCode, output) = await StudyFolder.IdfKitAsync("check", _folder.WithRows(2).Study, "--price");
        Assert.Equal(0, exitCode);
        Assert.Contains("How long rows take is not known", output, StringComparison.Ordinal);
        Assert.DoesNotContain("$", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_have_run_tell_what_the_others_take_and_cost()
    {
        await StudyFolder.SaysAsync("2 rows: 2 completed.", "run", _folder.WithRows(2).Study);
        var (exitCode, output) = await StudyFolder.IdfKitAsync(
            "check", _folder.WithRows(12).Study, "--price", "--region", "eu-central-1", "--memory", "2048");
        Assert.Equal(0, exitCode);
        Assert.Contains("10 of 12 rows would run", output, StringComparison.Ordinal);
        Assert.Matches(@"10 rows in 10 calls: [\d.]+ s one after another, [\d,]+ PUT, \d+ GET, 0 LIST, 0 DELETE\.", output);
        Assert.Contains("as 2 that have run did on average", output, StringComparison.Ordinal);
        Assert.Contains("Prices of eu-central-1 as of 2026-11-26, x86, 2,048 MB:", output, StringComparison.Ordinal);
        Assert.Matches(@"Step Functions +44 transitions +\$0\.0011", output);
        Assert.Matches(@"Total +\$0\.\d{4}", output);

        (_, output) = await StudyFolder.IdfKitAsync("check", _folder.Study, "--price", "--arm", "--json");
        var said = JsonDocument.Parse(output).RootElement;
        Assert.Equal(10, said.GetProperty("estimate").GetProperty("rows_to_run").GetInt32());
        var price = said.GetProperty("price");
        Assert.Equal(("us-east-1", "arm64"), (price.GetProperty("region").GetString(), price.GetProperty("architecture").GetString()));
        var items = price.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("dollars").GetDecimal());
        Assert.Equal(items, price.GetProperty("dollars").GetDecimal());
    }

    [Fact]
    public async Task Run_of_the_model_beside_the_results_tells_what_rows_take()
    {
        var folder = Directory.CreateDirectory(_folder["office"]).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "run.json"), RunRecordFile.ToJson(new RunRecord
        {
            RunId = "1", Status = RunStatus.Completed, Input = new("models", "inputs/office.idf"), StartedAt = DateTimeOffset.UnixEpoch,
            TimingsMs = new() { Total = 5_000, Simulate = 1_000 }, Files = [new("a", 10, "text/csv", "00")],
        }), StudyFolder.Token);
        var (_, output) = await StudyFolder.IdfKitAsync("check", _folder.WithRows(3).Study, "--price");
        // 3 calls: each reads the study's record, the model, its job file and its weather; each row is looked for and claimed.
        Assert.Contains("3 rows in 3 calls: 15.0 s one after another, 13 PUT, 18 GET, 0 LIST, 0 DELETE. A row takes about 5.0 s, "
            + "as the last run of 'office.idf' did.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_and_collect_say_what_the_function_has_used_and_what_that_cost()
    {
        await StudyFolder.SaysAsync("2 rows: 2 completed.", "run", _folder.WithRows(2).Study);
        await StudyFolder.SaysAsync("No record of a run says what it took", "status", _folder.Study, "--price");
        foreach (var row in (string[])["r01", "r02"])
        {
            var path = _folder["office.study", "runs", row, "run.json"];
            var record = RunRecordFile.FromJson(await File.ReadAllBytesAsync(path, StudyFolder.Token))!;
            record = record with { Usage = new(1_000, 500, 1, 0, 2_000_000, 3_000_000, 10.5) };
            await File.WriteAllBytesAsync(path, RunRecordFile.ToJson(record), StudyFolder.Token);
        }
        const string Said = "The rows took 2,000 PUT, 1,000 GET, 2 LIST, 0 DELETE, 4.0 MB read, 6.0 MB stored, 21.0 GB-seconds.";
        await StudyFolder.SaysAsync(Said, "collect", _folder.Study);
        await StudyFolder.SaysAsync(Said, "status", _folder.Study);
        var (_, output) = await StudyFolder.IdfKitAsync("status", _folder.Study, "--price");
        Assert.Matches(@"S3, writing +2,000 PUT +\$0\.0100", output);
        var study = StudyRecordFile.FromJson(await File.ReadAllBytesAsync(_folder["office.study", "study.json"], StudyFolder.Token))!;
        Assert.Equal((2_000, 21.0), (study.Usage!.Puts, study.Usage.GbSeconds));
        var page = await File.ReadAllTextAsync(_folder["office.study", "index.html"], StudyFolder.Token);
        Assert.Contains("21.0 GB-seconds, 2,000 PUT, 1,000 GET, 2 LIST of these runs", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "go with --price", "--region", "us-east-1")]
    [InlineData(2, "no prices of the region 'mars-1'", "--price", "--region", "mars-1")]
    [InlineData(2, "--memory must lie between", "--price", "--memory", "1")]
    [InlineData(2, "--memory", "--price", "--memory", "much")]
    [InlineData(1, "cannot be used", "--price", "--prices", "absent.json")]
    [InlineData(2, "must not be empty", "--price", "--prices", " ")]
    public async Task Wrong_price_options_are_one_sentence(int exit, string said, params string[] arguments)
    {
        foreach (var command in (string[])["check", "status", "collect"])
        {
            var (exitCode, output) = await StudyFolder.IdfKitAsync([command, _folder.WithRows(1).Study, .. arguments]);
            Assert.True(exit == exitCode, output);
            Assert.Contains(said, output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Zip_is_a_base_of_the_tool_with_its_weather_and_its_files()
    {
        var model = File.ReadAllText(_folder["office.idf"]) + "\nSchedule:File, Hours, , hours.csv, 1, 0, 8760, Comma, No, 60;\n";
        File.Delete(_folder["office.idf"]);
        File.Delete(_folder["office.epw"]);
        var zip = Directory.CreateDirectory(_folder["zip"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(zip, "m.idf"), model, StudyFolder.Token);
        await File.WriteAllTextAsync(Path.Combine(zip, "hours.csv"), string.Concat(Enumerable.Repeat("1\n", 8760)), StudyFolder.Token);
        File.Copy(RealParts.Weather("Golden"), Path.Combine(zip, "w.epw"));
        await System.IO.Compression.ZipFile.CreateFromDirectoryAsync(zip, _folder["office.zip"], StudyFolder.Token);
        await StudyFolder.SaysAsync(
            "2 rows, each a variant of office.zip, with w.epw", "check", _folder.WithRows(2).Study);
        await StudyFolder.SaysAsync("2 rows: 2 completed.", "run", _folder.Study);
        await StudyFolder.SaysAsync("nothing is to be run", "run", _folder.Study);
        await StudyFolder.SaysAsync("2 variants written", "expand", _folder.Study, "-o", _folder["out"]);
        Assert.True(File.Exists(_folder["out", "r01.idf"]));
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), "idfkit-bundle-*"));

        await File.WriteAllTextAsync(_folder["office.zip"], "no zip", StudyFolder.Token);
        var (exitCode, output) = await StudyFolder.IdfKitAsync("check", _folder.Study);
        Assert.Equal(1, exitCode);
        Assert.Contains("office.zip", Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
