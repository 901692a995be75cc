using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using IdfKit.Storage.S3;
using TestBed;

// Side by side on one Ceph RGW: this library, `aws s3 cp`, and a bare SDK client. usage: bench-storage [MEGABYTES] [ROUNDS]
// With "serve-self up|down BUCKET URL FILE" it is the measured process: peak memory is read of a process of its own.
if (args is ["self", var direction, var bucketName, var url, var file])
{
    var self = new AsyncS3FileSystem(bucketName, new S3FileSystemOptions { EndpointUrl = new Uri(url), Credentials = new S3Credentials(args.Length > 0 ? "testaccesskey0000001" : "", "testsecretkey0000000000000000000000000001") });
    var clock = Stopwatch.StartNew();
    if (direction == "up") await self.UploadAsync(file, "large");
    else await self.DownloadAsync("large", file);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds} {Process.GetCurrentProcess().PeakWorkingSet64} {GC.GetTotalAllocatedBytes()} {GC.CollectionCount(0)} {Environment.CpuUsage.TotalTime.TotalSeconds}"));
    await self.DisposeAsync();
    return;
}

var megabytes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
using var rgw = new RgwServer();
using var folder = new TemporaryFolder();
var bucket = RgwServer.NewBucketName();
using var client = new AmazonS3Client(
    new BasicAWSCredentials(rgw.AccessKeyId, rgw.SecretAccessKey),
    new AmazonS3Config { ServiceURL = rgw.EndpointUrl.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1", RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED });
await client.PutBucketAsync(bucket);
await using var fs = new AsyncS3FileSystem(bucket, new S3FileSystemOptions { EndpointUrl = rgw.EndpointUrl, Credentials = new S3Credentials(rgw.AccessKeyId, rgw.SecretAccessKey) });

var large = folder["large"];
await using (var stream = File.Create(large))
{
    var block = new byte[1 << 20];
    for (var i = 0; i < megabytes; i++)
    {
        Random.Shared.NextBytes(block);
        await stream.WriteAsync(block);
    }
}
var rates = new Dictionary<string, List<double>>();
long peak = 0;
for (var round = 0; round < rounds; round++)
{
    await Large("self up", () => Self("up", large));
    await Large("aws up", () => Aws("s3", "cp", "--quiet", large, $"s3://{bucket}/large"));
    await Large("self down", () => Self("down", folder["down"]));
    await Large("aws down", () => Aws("s3", "cp", "--quiet", $"s3://{bucket}/large", folder["down"]));
}
Console.WriteLine($"{megabytes} MB, medians of {rounds}, MB/s:");
foreach (var (name, values) in rates) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-10} {values.Order().ElementAt(values.Count / 2),8:0}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  peak memory of this library's process: {peak / 1e6:0} MB"));

var small = new byte[4096];
var times = new Dictionary<string, TimeSpan>
{
    ["2,000 up"] = await Time(() => Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, token) => await fs.WriteBytesAsync($"small/{i}", small, token))),
    ["2,000 listed"] = await Time(async () => await fs.ListAsync("small").CountAsync()),
    ["2,000 down"] = await Time(() => Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, token) => await fs.ReadBytesAsync($"small/{i}", token))),
};
foreach (var (name, time) in times) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-12} {time.TotalMilliseconds,8:0} ms"));

async Task Large(string name, Func<Task<double?>> transfer)
{
    var clock = Stopwatch.StartNew();
    var seconds = await transfer() ?? clock.Elapsed.TotalSeconds;
    if (!rates.TryGetValue(name, out var list)) rates[name] = list = [];
    list.Add(megabytes * 1.048576 / seconds);
}

async Task<double?> Self(string direction, string file)
{
    var clock = Stopwatch.StartNew();
    var output = await Run(Environment.ProcessPath!, "self", direction, bucket, rgw.EndpointUrl.AbsoluteUri, file);
    Console.WriteLine(direction + " " + output); peak = Math.Max(peak, long.Parse(output.Split(' ')[1], CultureInfo.InvariantCulture));
    return clock.Elapsed.TotalSeconds;
}

async Task<double?> Aws(params string[] arguments)
{
    await Run("aws", ["--endpoint-url", rgw.EndpointUrl.AbsoluteUri, .. arguments]);
    return null;
}

async Task<string> Run(string program, params string[] arguments)
{
    var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
    (start.Environment["AWS_ACCESS_KEY_ID"], start.Environment["AWS_SECRET_ACCESS_KEY"], start.Environment["AWS_DEFAULT_REGION"]) = (rgw.AccessKeyId, rgw.SecretAccessKey, "us-east-1");
    using var process = Process.Start(start)!;
    var output = await process.StandardOutput.ReadToEndAsync();
    await process.WaitForExitAsync();
    return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
}

static async Task<TimeSpan> Time(Func<Task> work)
{
    var clock = Stopwatch.StartNew();
    await work();
    return clock.Elapsed;
}
