using System.Diagnostics;
using TestBed;

namespace IdfKit.LocalCloud.Tests;

/// <summary>
/// The sample of docs/local-cloud.md, run as it stands but for the function. Sets the folder of the process, so it runs
/// alone.
/// </summary>
[Collection(nameof(LocalCloudSamples))]
[CollectionDefinition(nameof(LocalCloudSamples), DisableParallelization = true)]
public sealed class LocalCloudSamples : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _before = Directory.GetCurrentDirectory();

    public LocalCloudSamples()
    {
        Directory.SetCurrentDirectory(_folder.Path);
        Directory.CreateDirectory("artifacts/publish");
        File.CreateSymbolicLink("artifacts/publish/bootstrap", Path.Combine(AppContext.BaseDirectory, "ScriptedFunction"));
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }

    [Fact]
    public async Task A_bucket_a_function_and_what_joins_them()
    {
        await using var bucket = await LocalBucketServer.StartAsync(new LocalBucketOptions { Directory = "my-bucket" });
        await using var lambda = await LocalLambda.StartAsync(new LocalLambdaOptions
        {
            BootstrapPath = "artifacts/publish/bootstrap",
            Environment = new Dictionary<string, string> { ["AWS_ENDPOINT_URL_S3"] = bucket.Endpoint.ToString() },
        });
        bucket.Notify(new BucketNotification { Prefix = "inputs/", Target = document => lambda.Enqueue(document) });

        Directory.CreateDirectory("my-bucket/inputs");
        await File.WriteAllTextAsync("my-bucket/inputs/office.idf", "completed");
        var record = "my-bucket/outputs/office/run.json";
        var clock = Stopwatch.StartNew();
        while (!(File.Exists(record) && (await File.ReadAllTextAsync(record)).Contains("completed", StringComparison.Ordinal)))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "no record within 30 s");
            await Task.Delay(50);
        }
    }
}
