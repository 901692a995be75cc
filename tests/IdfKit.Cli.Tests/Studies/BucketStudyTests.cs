using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

using TestBed;

namespace IdfKit.Cli.Tests.Studies;

/// <summary>Studies in a bucket of a real S3 server.</summary>
public sealed class BucketStudyTests(RgwServer rgw) : IDisposable
{
    private readonly StudyFolder _folder = new();

    private static CancellationToken Token => StudyFolder.Token;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Study_in_a_bucket_is_checked_run_collected_and_cleaned()
    {
        var (s3, bucket, variables) = await NewBucketAsync();
        using var client = s3;
        await PutAsync(s3, bucket, "inputs/p/office.idf", DesignDays.Model);
        await PutAsync(s3, bucket, "inputs/p/office.study.csv", "name,Building//North Axis\na,0\nb,45\n");
        var study = $"s3://{bucket}/inputs/p/office.study.csv";
        await SaysAsync("2 of 2 rows would run: a, b.", 0, "check", study);
        var output = await IdfKitAsync(0, "run", study);
        Assert.Contains("2 rows: 2 completed.", output, StringComparison.Ordinal);
        Assert.Contains($"Page:  s3://{bucket}/outputs/p/office.study/index.html", output, StringComparison.Ordinal);
        var keys = await KeysAsync(s3, bucket);
        foreach (var name in (string[])["results.csv", "results.parquet", "index.html", "study.json", "runs/a/run.json", "runs/b/run.json"])
            Assert.Contains("outputs/p/office.study/" + name, keys);
        Assert.Equal(
            ["inputs/p/office.idf", "inputs/p/office.study.csv"],
            keys.Where(key => key.StartsWith("inputs/", StringComparison.Ordinal)));

        await SaysAsync("nothing is to be run", 0, "run", study);
        await SaysAsync("2 rows: 2 completed.", 0, "status", $"s3://{bucket}/outputs/p/office.study");
        await PutAsync(s3, bucket, "inputs/p/office.study.csv", "name,Building//North Axis\na,0\n");
        await SaysAsync("1 row: 1 completed.", 0, "collect", study);
        await SaysAsync($"s3://{bucket}/outputs/p/office.study/runs/b", 0, "clean", study, "--yes");
        Assert.DoesNotContain(await KeysAsync(s3, bucket), key => key.Contains("/runs/b/", StringComparison.Ordinal));

        await SaysAsync("must be in one place", 2, "run", study, "-o", _folder["out"]);
        await SaysAsync("must be in one place", 2, "run", _folder.Study, "-o", $"s3://{bucket}/out");
        foreach (var verb in (string[])["check", "status", "collect", "run"])
        {
            var absent = $"s3://{bucket}/inputs/absent.study.csv";
            await SaysAsync($"idfkit study {verb}: there is no study '{absent}'.", 1, verb, absent);
            await SaysAsync("there is no bucket", 1, verb, $"s3://{bucket}-nowhere/inputs/absent.study.csv");
        }

        async Task SaysAsync(string expected, int exit, params string[] arguments) =>
            Assert.Contains(expected, await IdfKitAsync(exit, arguments), StringComparison.Ordinal);

        async Task<string> IdfKitAsync(int exit, params string[] arguments)
        {
            var (exitCode, said) = await Tool.RunAsync(variables, ["study", .. arguments]);
            Assert.True(exit == exitCode, said);
            return said;
        }
    }

    [Fact] // it estimated by size, as if there were no run yet
    public async Task Estimate_by_the_runs_of_a_bucket_that_is_not_there_says_so()
    {
        var (s3, bucket, variables) = await NewBucketAsync();
        using var client = s3;
        var model = DesignDays.Write(_folder["x.idf"]);
        var (exitCode, said) = await Tool.RunAsync(variables, "estimate", model, "--to", $"s3://{bucket}");
        Assert.True(exitCode == 0, said);
        (exitCode, said) = await Tool.RunAsync(variables, "estimate", model, "--to", $"s3://{bucket}-nowhere");
        Assert.Equal(1, exitCode);
        Assert.Contains("there is no bucket", said, StringComparison.Ordinal);
    }

    private static Task<PutObjectResponse> PutAsync(AmazonS3Client s3, string bucket, string key, string content) =>
        s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = content }, Token);

    private static async Task<List<string>> KeysAsync(AmazonS3Client s3, string bucket) =>
        [.. (await s3.ListObjectsV2Async(new() { BucketName = bucket }, Token)).S3Objects.Select(one => one.Key)];

    private async Task<(AmazonS3Client S3, string Bucket, Dictionary<string, string> Variables)> NewBucketAsync()
    {
        var bucket = RgwServer.NewBucketName();
        var s3 = new AmazonS3Client(rgw.AccessKeyId, rgw.SecretAccessKey, new AmazonS3Config
        {
            ServiceURL = rgw.EndpointUrl.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        });
        await s3.PutBucketAsync(bucket, Token);
        return (s3, bucket, new(StudyFolder.Variables)
        {
            ["AWS_ENDPOINT_URL_S3"] = rgw.EndpointUrl.AbsoluteUri, ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = rgw.AccessKeyId, ["AWS_SECRET_ACCESS_KEY"] = rgw.SecretAccessKey,
        });
    }
}
