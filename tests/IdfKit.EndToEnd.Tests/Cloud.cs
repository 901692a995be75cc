using System.Collections.Concurrent;
using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;
using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.LocalCloud;
using IdfKit.Runs;

namespace IdfKit.EndToEnd.Tests;

/// <summary>
/// A bucket on an S3 server that pushes its put events to a Lambda Runtime API, which runs the published
/// <c>bootstrap</c> process with the real EnergyPlus: everything between a dropped file and its results.
/// </summary>
internal sealed class Cloud : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _log = new();
    private readonly IEventBucket _bucket;

    private Cloud(IEventBucket bucket) => _bucket = bucket;

    public AmazonS3Client S3 => _bucket.S3;
    public Uri EndpointUrl => _bucket.EndpointUrl;
    public TemporaryFolder Work { get; } = new();
    public string Bucket => _bucket.Name;

    /// <summary>The bucket that holds the results.</summary>
    public string OutputBucket => Environment.GetValueOrDefault("IDFKIT_OUTPUT_BUCKET", Bucket);

    public LocalLambda Function { get; private set; } = null!;

    /// <summary>What the function was told.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();
    public string Log => string.Join('\n', _log);

    /// <summary>Starts the function and has the bucket tell it of every object below <c>inputs/</c>.</summary>
    public static async Task<Cloud> StartAsync(EventServer server, params (string Name, string Value)[] environment)
    {
        var cloud = await StartSilentAsync(server, environment);
        await cloud._bucket.NotifyAsync("inputs/", cloud.Function);
        return cloud;
    }

    /// <summary>Starts the function beside a bucket that tells nobody anything; the test sends the events.</summary>
    public static Task<Cloud> StartSilentAsync(EventServer server, params (string Name, string Value)[] environment) =>
        StartSilentAsync(server, options => options, environment);

    /// <summary>The same with limits of its own.</summary>
    public static async Task<Cloud> StartSilentAsync(
        EventServer server, Func<LocalLambdaOptions, LocalLambdaOptions> with, params (string Name, string Value)[] environment) =>
        await StartSilentAsync(server, await server.CreateBucketAsync(), with, environment);

    /// <summary>The same on a bucket that is there already; it goes with the cloud.</summary>
    public static async Task<Cloud> StartSilentAsync(
        EventServer server, IEventBucket bucket,
        Func<LocalLambdaOptions, LocalLambdaOptions> with, params (string Name, string Value)[] environment)
    {
        var given = environment.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        return await StartSilentAsync(server, bucket, server.Deploy(bucket.Name, Parameters(given)), with, environment);
    }

    /// <summary>
    /// The same, as a stack is deployed: with the variables that it sets, and as a user who may do what its role may, where the server
    /// knows users.
    /// </summary>
    public static async Task<Cloud> StartSilentAsync(
        EventServer server, IEventBucket bucket, DeployedStack stack,
        Func<LocalLambdaOptions, LocalLambdaOptions> with, params (string Name, string Value)[] environment)
    {
        var cloud = new Cloud(bucket);
        try
        {
            var variables = new Dictionary<string, string>();
            var user = (server.AccessKeyId, server.SecretAccessKey);
            if (server.HasRoles)
            {
                foreach (var (name, value) in stack.FunctionVariables) variables[name] = value;
                var isGiven = Array.Exists(environment, variable => variable.Name == "AWS_ACCESS_KEY_ID");
                if (!isGiven) user = await server.CreateRoleAsync(stack.Policy(), bucket);
            }
            (variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"]) = user;
            variables["AWS_ENDPOINT_URL_S3"] = bucket.EndpointUrl.AbsoluteUri;
            variables["IDFKIT_WORK_DIR"] = cloud.Work.Path;
            foreach (var (name, value) in environment) variables[name] = value;
            if (!variables.ContainsKey("ENERGYPLUS_DIR")) variables["ENERGYPLUS_DIR"] = RealParts.EnergyPlus();
            cloud.Environment = variables;
            cloud.Function = await LocalLambda.StartAsync(with(new LocalLambdaOptions
            {
                BootstrapPath = PublishedFunction.BootstrapPath(),
                Environment = variables,
                PrivateFolderVariables = [],
                Timeout = TimeSpan.FromMinutes(5),
                Log = cloud._log.Enqueue,
            }), TestContext.Current.CancellationToken);
            return cloud;
        }
        catch
        {
            await bucket.DisposeAsync();
            cloud.Work.Dispose();
            throw;
        }
    }

    /// <summary>The parameters of the template that would set these variables of the function, where they decide what it may.</summary>
    private static Dictionary<string, string> Parameters(Dictionary<string, string> variables)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!variables.TryGetValue("IDFKIT_WEATHER", out var weather)) return parameters;
        var parts = weather.StartsWith("s3://", StringComparison.Ordinal) ? weather["s3://".Length..].Split('/', 2) : ["", weather];
        (parameters["WeatherBucket"], parameters["Weather"]) = (parts[0], parts[1]);
        return parameters;
    }

    public Task DropAsync(string key, string path) =>
        S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, FilePath = path }, TestContext.Current.CancellationToken);

    public Task DropTextAsync(string key, string text) =>
        S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, ContentBody = text },
            TestContext.Current.CancellationToken);

    /// <summary>The record of a folder once its run has ended.</summary>
    /// <param name="folder">Of the results.</param>
    /// <param name="still">An earlier ending to wait past.</param>
    /// <param name="minutes">How long to wait.</param>
    public async Task<RunRecord> RecordAsync(string folder, RunStatus still = RunStatus.Running, int minutes = 3)
    {
        var deadline = DateTime.UtcNow.AddMinutes(minutes);
        while (DateTime.UtcNow < deadline)
        {
            if (await ReadAsync($"{folder}/run.json") is { } json
                && RunRecordFile.FromJson(json) is { Status: not RunStatus.Running } record
                && record.Status != still)
            {
                return record;
            }
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"{folder}/run.json was not committed within {minutes} minutes. The function said:\n{Log}");
    }

    public async Task<byte[]?> ReadAsync(string key)
    {
        try
        {
            using var response = await S3.GetObjectAsync(BucketOf(key), key, TestContext.Current.CancellationToken);
            using var content = new MemoryStream();
            await response.ResponseStream.CopyToAsync(content, TestContext.Current.CancellationToken);
            return content.ToArray();
        }
        catch (AmazonS3Exception e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound) { return null; }
    }

    public async Task<IReadOnlyList<string>> KeysAsync(string prefix)
    {
        var response = await S3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = BucketOf(prefix), Prefix = prefix }, TestContext.Current.CancellationToken);
        return [.. (response.S3Objects ?? []).Select(o => o.Key)];
    }

    private string BucketOf(string key) => key.StartsWith("outputs/", StringComparison.Ordinal) ? OutputBucket : Bucket;

    /// <summary>A put event for an object, as the bucket would send it.</summary>
    public string Event(string key, string? sequencer = null, string? bucket = null) => EventOf([key], sequencer, bucket);

    /// <summary>The same for several.</summary>
    public string EventOf(IReadOnlyList<string> keys, string? sequencer = null, string? bucket = null) => JsonSerializer.Serialize(new
    {
        Records = keys.Select(key => new
        {
            eventVersion = "2.1", eventSource = "aws:s3", awsRegion = "us-east-1", eventTime = DateTime.UtcNow.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            eventName = "ObjectCreated:Put",
            s3 = new { s3SchemaVersion = "1.0", bucket = new { name = bucket ?? Bucket }, @object = new
            {
                key = Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal), size = 1L, sequencer
            } },
        }),
    });

    public async ValueTask DisposeAsync()
    {
        await Function.WhenIdleAsync(TestContext.Current.CancellationToken); // a record is committed a moment before its invocation ends
        await Function.DisposeAsync();
        await _bucket.DisposeAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(Work.Path)); // nothing stays behind on the function's disk
        Work.Dispose();
    }
}
