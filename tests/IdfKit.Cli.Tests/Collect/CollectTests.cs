using System.Text;

using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

using IdfKit.Runs;
using IdfKit.Storage;

using TestBed;

namespace IdfKit.Cli.Tests.Collect;

/// <summary><c>idfkit collect</c> as a user calls it, over a folder and over a real S3 server.</summary>
public sealed class CollectTests(RgwServer rgw) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("results.csv")]
    [InlineData("results.parquet")]
    public async Task Folder_becomes_a_table_and_a_second_call_reads_what_has_changed(string name)
    {
        Put("p/office", RunStatus.Completed);
        Put("p/hotel", RunStatus.Failed);
        Put("broken", "{");
        var (exitCode, output) = await CollectAsync(name);
        Assert.Equal(0, exitCode);
        Assert.Equal($"{_folder[name]}: 3 runs (1 completed, 1 failed, 1 unknown), {ColumnsOf(output)} columns; 3 records read.",
            output.Trim());
        Assert.Equal(["broken", "p/hotel", "p/office"], (await ReadAsync(name))!.Rows.Select(row => row.Folder));

        var bytes = await File.ReadAllBytesAsync(_folder[name], Token);
        Assert.Contains("; 0 records read.", (await CollectAsync(name)).Output, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder[name], Token));
        Put("p/hotel", RunStatus.Completed);
        Assert.Contains("; 1 record read.", (await CollectAsync(name)).Output, StringComparison.Ordinal);
        Assert.Contains("; 3 records read.", (await CollectAsync(name, "--fresh")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bucket_becomes_a_table_by_the_environment_s_settings()
    {
        var (bucket, variables) = await NewBucketAsync();
        using var s3 = Client();
        foreach (var folder in (string[])["outputs/p/office", "outputs/büro 1", "elsewhere/x"])
            await s3.PutObjectAsync(new PutObjectRequest
            {
                BucketName = bucket, Key = folder + "/run.json", ContentBody = Json(RunStatus.Completed),
            });

        var (exitCode, output) = await Tool.RunAsync(variables, "collect", $"s3://{bucket}/outputs/", "-o", _folder["all.csv"]);
        Assert.Equal((0, true), (exitCode, output.Contains("2 runs (2 completed)", StringComparison.Ordinal)));
        Assert.Equal(["büro 1", "p/office"], (await ReadAsync("all.csv"))!.Rows.Select(row => row.Folder));
        var again = await Tool.RunAsync(variables, "collect", $"s3://{bucket}/outputs", "-o", _folder["all.csv"]);
        Assert.Contains("; 0 records read.", again.Output, StringComparison.Ordinal);

        var absent = await Tool.RunAsync(variables, "collect", $"s3://no-such-{bucket}/outputs", "-o", _folder["none.csv"]);
        Assert.Equal(1, absent.ExitCode);
        Assert.Matches("(?m)^idfkit collect: .*no-such-.*\\.$", absent.Output.Trim());
        Assert.False(File.Exists(_folder["none.csv"]));
    }

    [Fact]
    public async Task File_that_holds_something_else_is_left_as_it_is()
    {
        Put("p/office", RunStatus.Completed);
        await File.WriteAllTextAsync(_folder["sheet.csv"], "name,weather\nbase,chicago.epw\n", Token);
        var (exitCode, output) = await CollectAsync("sheet.csv");
        Assert.Equal(1, exitCode);
        Assert.Contains("holds no table of runs of this version; it was left as it is.", output, StringComparison.Ordinal);
        Assert.StartsWith("name,weather", await File.ReadAllTextAsync(_folder["sheet.csv"], Token), StringComparison.Ordinal);
        Assert.Equal(0, (await CollectAsync("sheet.csv", "--fresh")).ExitCode);
    }

    [Fact]
    public async Task Json_says_what_was_written()
    {
        Put("a", RunStatus.Completed);
        var (exitCode, output) = await CollectAsync("a.csv", "--json");
        Assert.Equal(0, exitCode);
        var said = System.Text.Json.Nodes.JsonNode.Parse(output)!;
        Assert.Equal(("idfkit.collect/1", 1, 1), ((string?)said["schema"], (int?)said["runs"], (int?)said["counts"]!["completed"]));
    }

    [Fact]
    public async Task Folder_without_runs_or_that_is_not_there_is_said_and_nothing_is_written()
    {
        Directory.CreateDirectory(_folder["runs"]);
        await File.WriteAllTextAsync(_folder["runs", "notes.txt"], "x", Token);
        var (exitCode, output) = await CollectAsync("a.csv");
        Assert.Equal(1, exitCode);
        Assert.Contains($"there is no run in {_folder["runs"]}, and nothing was written.", output, StringComparison.Ordinal);
        var absent = await Tool.RunAsync(null, "collect", _folder["absent"], "-o", _folder["a.csv"]);
        Assert.Equal(1, absent.ExitCode);
        Assert.StartsWith($"idfkit collect: there is no folder '{_folder["absent"]}';", absent.Output, StringComparison.Ordinal);
        Assert.Equal(["runs"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("must end in .csv or .parquet", "runs", "-o", "a.xlsx")]
    [InlineData("--output", "runs")]
    [InlineData("must lie between 1 and 1000", "runs", "-o", "a.csv", "--concurrency", "0")]
    [InlineData("abc", "runs", "-o", "a.csv", "--concurrency", "abc")]
    [InlineData("'s3://' is no place", "s3://", "-o", "a.csv")]
    [InlineData("settings", "s3://bucket/outputs?regoin=x", "-o", "a.csv")]
    public async Task Wrong_usage_is_said_in_a_line(string said, params string[] arguments)
    {
        var (exitCode, output) = await Tool.RunAsync(null, ["collect", .. arguments]);
        Assert.Equal(2, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--concurrency")]
    [InlineData("--port")]
    public async Task Number_of_another_command_that_is_none_is_said_in_a_line(string option)
    {
        var (exitCode, output) = await Tool.RunAsync(null, "dev", _folder["bucket"], option, "abc");
        Assert.Equal(2, exitCode);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Place_that_cannot_be_written_is_said_before_anything_is_read()
    {
        Put("p/office", RunStatus.Completed);
        Directory.CreateDirectory(_folder["out.csv"]);
        var (exitCode, output) = await CollectAsync("out.csv");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("idfkit collect: ", output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    [Fact]
    public async Task Help_is_as_reviewed()
    {
        var (exitCode, output) = await Tool.RunAsync(null, "collect", "--help");
        Assert.Equal(0, exitCode);
        var reviewed = Repository.PathOf("tests", "IdfKit.Cli.Tests", "Collect", "collect-help.txt");
        Assert.Equal((await File.ReadAllTextAsync(reviewed, Token)).Trim(), output.Trim());
    }

    private static string ColumnsOf(string output) => output.Split("), ")[1].Split(' ')[0];

    private static string Json(RunStatus status) => Encoding.UTF8.GetString(RunRecordFile.ToJson(new RunRecord
    {
        RunId = "1", Status = status, Input = new("models", "inputs/office.idf"), StartedAt = DateTimeOffset.UnixEpoch,
    }));

    private Task<(int ExitCode, string Output)> CollectAsync(string name, params string[] more) =>
        Tool.RunAsync(null, ["collect", _folder["runs"], "-o", _folder[name], .. more]);

    private async Task<RunTable?> ReadAsync(string name)
    {
        await using var file = File.OpenRead(_folder[name]);
        return name.EndsWith(".csv", StringComparison.Ordinal)
            ? await RunTable.ReadCsvAsync(file, Token)
            : await RunTable.ReadParquetAsync(file, Token);
    }

    private void Put(string folder, RunStatus status) => Put(folder, Json(status));

    private void Put(string folder, string json) => new LocalFileSystem(_folder["runs"]).WriteText(folder + "/run.json", json);

    private async Task<(string Bucket, Dictionary<string, string> Variables)> NewBucketAsync()
    {
        var bucket = RgwServer.NewBucketName();
        using var s3 = Client();
        await s3.PutBucketAsync(bucket);
        return (bucket, new()
        {
            ["AWS_ENDPOINT_URL_S3"] = rgw.EndpointUrl.AbsoluteUri, ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = rgw.AccessKeyId, ["AWS_SECRET_ACCESS_KEY"] = rgw.SecretAccessKey,
        });
    }

    private AmazonS3Client Client() => new(rgw.AccessKeyId, rgw.SecretAccessKey, new AmazonS3Config
    {
        ServiceURL = rgw.EndpointUrl.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1",
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
    });
}
