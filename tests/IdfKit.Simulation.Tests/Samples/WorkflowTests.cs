using RunBed;
using System.Globalization;

using Amazon.Runtime;
using Amazon.S3;

using IdfKit.Engine;
using IdfKit.Storage;
using IdfKit.Storage.S3;

using TestBed;

namespace IdfKit.Simulation.Tests.Samples;

/// <summary>
/// The workflow of docs/simulation.md on a real S3 server with the real EnergyPlus: prepare here, execute on workers,
/// collect anywhere.
/// </summary>
public sealed class WorkflowTests(RgwServer rgw)
{
    [Fact]
    public async Task Jobs_are_prepared_here_run_by_workers_and_collected_anywhere()
    {
        var energyPlus = EnergyPlusInstallation.Find(RealParts.EnergyPlus());
        var weather = RealParts.Weather("Golden");
        var bucket = await NewBucketAsync();
        using var folder = new TemporaryFolder();

        await using (var here = Open(bucket)) await StudySample.PrepareAsync(here, DesignDays.Model, weather);

        await Task.WhenAll(WorkerAsync(0), WorkerAsync(1));
        async Task WorkerAsync(int index)
        {
            await using var there = Open(bucket);
            await StudySample.ExecuteAsync(there, energyPlus, index, workers: 2);
        }

        await using var anywhere = Open(bucket);
        var collected = await StudySample.CollectAsync(anywhere, folder.Path);
        Assert.Equal(
            ["study/results/rotated-0", "study/results/rotated-45", "study/results/rotated-90", "study/results/rotated-broken"],
            collected.Select(run => run.Directory));
        Assert.Equal([RunOutcome.Completed, RunOutcome.Completed, RunOutcome.Completed, RunOutcome.Failed],
            collected.Select(run => run.Outcome));
        Assert.Contains("Fatal", collected[3].Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, collected.Count(run => run.Outcome is RunOutcome.Completed && run.Zones.Count > 0));
    }

    private AsyncS3FileSystem Open(string bucket) =>
        new(bucket, new S3FileSystemOptions { EndpointUrl = rgw.EndpointUrl, Credentials = new(rgw.AccessKeyId, rgw.SecretAccessKey) });

    private async Task<string> NewBucketAsync()
    {
        var name = RgwServer.NewBucketName();
        using var client = new AmazonS3Client(
            new BasicAWSCredentials(rgw.AccessKeyId, rgw.SecretAccessKey),
            new AmazonS3Config { ServiceURL = rgw.EndpointUrl.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
        await client.PutBucketAsync(name);
        return name;
    }
}

/// <summary>The three parts as docs/simulation.md shows them.</summary>
internal static class StudySample
{
    public static async Task PrepareAsync(IAsyncFileSystem bucket, string model, string weather)
    {
        // <prepare>
        // Here: one model a job, all in the bucket.
        await bucket.UploadAsync(weather, "study/weather.epw");
        foreach (var degrees in new[] { 0, 45, 90 })
            await bucket.WriteTextAsync($"study/models/rotated-{degrees}.idf", Rotate(model, degrees));
        // </prepare>
        await bucket.WriteTextAsync("study/models/rotated-broken.idf",
            Rotate(model, 0).Replace("Fan:OnOff,", "Fan:Absent,", StringComparison.Ordinal) + "\nZoneList,Twice,No Such Zone;\n");
    }

    public static async Task ExecuteAsync(IAsyncFileSystem bucket, EnergyPlusInstallation energyPlus, int index, int workers)
    {
        // <execute>
        // On each worker: its share of the models, as many at once as it has processors.
        var jobs = new List<SimulationJob>();
        await foreach (var model in bucket.GlobAsync("study/models", "*.idf"))
        {
            var name = Path.GetFileNameWithoutExtension(model);
            jobs.Add(new(model, "study/weather.epw", $"study/results/{name}")
            {
                Options = new() { DesignDay = true, Variables = [new("Zone Mean Air Temperature")] },
            });
        }
        await using var simulator = new Simulator(energyPlus);
        await simulator.SimulateBatchAsync(jobs.Where((_, at) => at % workers == index), fileSystem: bucket);
        // </execute>
    }

    public static async Task<List<(string Directory, RunOutcome Outcome, string? Message, IReadOnlyList<string> Zones)>> CollectAsync(
        IAsyncFileSystem bucket, string cacheDirectory)
    {
        // <collect>
        // Anywhere, at any time: the record of each run, and only the files that are read.
        var files = new CachingFileSystem(bucket, cacheDirectory);
        var collected = new List<(string Directory, RunOutcome Outcome, string? Message, IReadOnlyList<string> Zones)>();
        await foreach (var record in files.GlobAsync("study/results", "*/run.json"))
        {
            using var run = await SimulationResult.FromDirectoryAsync(record[..^"/run.json".Length], files);
            var series = run.Succeeded ? await run.GetEsoAsync() : null;
            var zones = series?.Variables.Where(variable => variable.Name == "Zone Mean Air Temperature").Select(variable => variable.Key);
            collected.Add((run.Directory, run.Outcome, run.Message, [.. zones ?? []]));
        }
        // </collect>
        return collected;
    }

    /// <summary>The model with its Building turned: the second field of the object.</summary>
    private static string Rotate(string model, int degrees)
    {
        var start = model.IndexOf("\n  Building,", StringComparison.OrdinalIgnoreCase);
        if (start < 0) start = model.IndexOf("\nBuilding,", StringComparison.OrdinalIgnoreCase);
        var name = model.IndexOf('\n', model.IndexOf(',', start));
        var first = model.IndexOf(',', name) + 1;
        return string.Concat(model.AsSpan(0, first),
            string.Create(CultureInfo.InvariantCulture, $" {degrees}"),
            model.AsSpan(model.IndexOf(',', first)));
    }
}
