using System.Diagnostics;
using System.Globalization;
using System.Text;
using Amazon.S3;
using Measuring;
using StorageBench;
using TestBed;

// Side by side on one Ceph RGW, interleaved: this library, `aws s3 cp`, the Python peer and Amazon's bare client, each
// in a process of its own. Ours is compiled ahead of time, as in the function. usage: bench-storage [--megabytes N]
// [--rounds N] [--write docs/benchmarks.md]
var arguments = new Arguments(args);
var megabytes = arguments.Number("--megabytes", 400);
var rounds = arguments.Number("--rounds", 5);
const int Objects = 2000;
const int Folders = 10_000;
// What is overwritten goes late, and a full server waits for ever.
const int LargestServerMegabytes = 7_800;
if (megabytes * 3 * (rounds + 1) > LargestServerMegabytes)
{
    Console.Error.WriteLine(
        $"{megabytes} MB three times in each of {rounds} rounds and one to warm up are more than the {LargestServerMegabytes:#,0} MB "
            + "that the server holds in memory. Take fewer.");
    return 2;
}

using var rgw = new RgwServer();
using var folder = new TemporaryFolder();
var bucket = await UseNewBucket(rgw);
var peer = Peer.TryInstall();
if (peer is null) Console.Error.WriteLine("The Python peer is not here, so it is left out.");

var large = folder["large"];
await using (var stream = File.Create(large))
{
    var block = new byte[1_000_000];
    for (var i = 0; i < megabytes; i++)
    {
        Random.Shared.NextBytes(block);
        await stream.WriteAsync(block);
    }
}
var results = folder["results"];
SimulatedOffice.Run(results);

(string Name, Func<string, string, string, string?> Work)[] ways =
[
    ("self", (way, file, key) => Ours(way, file, key)),
    ("aws", (way, file, key) => way == "up" ? Aws(file, $"s3://{bucket}/{key}-aws") : Aws($"s3://{bucket}/{key}-aws", file)),
    ("peer", (way, file, key) => Theirs(way, file, key + "-peer")),
];
var figures = new Dictionary<string, Figures>();
var servers = new Dictionary<string, Figures>();
var processors = new Dictionary<string, Figures>();
var peaks = new Dictionary<string, long>();
for (var round = -1; round < rounds; round++) // round -1 warms everything up
{
    // Who comes after the uploads meets a server that still clears up: everyone in turn.
    foreach (var (name, work) in Turned(ways, round + 1)) Large(name + " up", () => work("up", large, "large"));
    foreach (var (name, work) in Turned(ways, round + 1)) Large(name + " down", () => work("down", folder["down"], "large"));
    foreach (var step in new[] { "small-up", "small-list", "small-down" })
    {
        Timed("self " + step, () => Ours(step, $"{Objects}"));
        Timed("peer " + step, () => Theirs(step, $"{Objects}"));
    }
    Timed("self files-up", () => Ours("files-up", results));
    Timed("bare files-up", () => Ours("files-bare", results));
    Timed("peer files-up", () => Theirs("files-up", results));
    if (round < 0) (figures, processors, servers) = ([], [], []);
    Console.Error.WriteLine($"round {round + 1} of {rounds}");
}
rgw.Dispose();
await Levels();

var report = new StringBuilder();
report.AppendLine(CultureInfo.InvariantCulture,
    $"Medians of {rounds} interleaved rounds; {Environment.ProcessorCount} cores, everything on one machine, Ceph RGW in memory.");
report.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{megabytes} MB, the whole process, MB/s:").AppendLine();
report.AppendLine("| | this library | `aws s3 cp` | peer | rate to `aws` | rate to peer | peak memory, MB | of the peer |")
    .AppendLine("|---|---|---|---|---|---|---|---|");
foreach (var way in new[] { "up", "down" })
    report.AppendLine(CultureInfo.InvariantCulture,
        $"| {way} | {Rate("self " + way)} | {Rate("aws " + way)} | {Rate("peer " + way)} | "
            + $"{Times("aws " + way, "self " + way)} | {Times("peer " + way, "self " + way)} | "
            + $"{Peak("self " + way)} | {Peak("peer " + way)} |");
report.AppendLine()
    .AppendLine(CultureInfo.InvariantCulture,
        $"{Objects:#,0} objects of 4 KB, 32 at a time (the peer: `asyncio.gather`), and "
            + $"{Directory.GetFiles(results).Length} files of a SmallOffice run, 5 at a time, warm; "
            + $"milliseconds:")
    .AppendLine();
report.AppendLine("| | this library | its processor time | peer | its processor time | times faster | "
    + "Amazon's bare client | this library / bare |")
    .AppendLine("|---|---|---|---|---|---|---|---|");
foreach (var step in new[] { "small-up", "small-list", "small-down", "files-up" })
    report.AppendLine(CultureInfo.InvariantCulture,
        $"| {step} | {Time("self " + step)} | {Used("self " + step)} | {Time("peer " + step)} | "
            + $"{Used("peer " + step)} | {Times("peer " + step, "self " + step)} | {Time("bare " + step)} | "
            + $"{Times("self " + step, "bare " + step)} |");
report.AppendLine().AppendLine(CultureInfo.InvariantCulture,
    $"The server itself took {servers["self small-up"].Median / Objects:0.0} ms of processor time for each small object put, "
        + $"on the same {Environment.ProcessorCount} cores; no client could put {Objects:#,0} of them in less "
        + $"than {Figures.Text(servers["self small-up"].Median / Environment.ProcessorCount)} ms.");
foreach (var way in new[] { "up", "down" })
    report.AppendLine().AppendLine(CultureInfo.InvariantCulture,
        $"Of {megabytes} MB {way}, {Time("self " + way)} ms, the library took {Used("self " + way)} ms of processor time and the server "
            + $"{ServerUsed("self " + way)}; with `aws s3 cp`, {Time("aws " + way)} ms, the server took {ServerUsed("aws " + way)}.");
report.AppendLine().AppendLine(CultureInfo.InvariantCulture,
    $"One level of {Folders:#,0} folders of 20 objects each, about as many as a run leaves (16 to 19 were counted), is listed in "
        + $"{Time("self levels-one")} ms, all objects in them in "
        + $"{Time("self levels-all")} ms: {Times("self levels-all", "self levels-one")} times as long. Of that the library took "
        + $"{Used("self levels-one")} and {Used("self levels-all")} ms of processor time, the server {ServerUsed("self levels-one")} and "
        + $"{ServerUsed("self levels-all")}.");
Console.WriteLine(report);
arguments.Write("storage", "bench/storage/run.sh", report.ToString());
return 0;

// On a server of its own: both keep all in memory.
async Task Levels()
{
    using var listed = new RgwServer();
    await UseNewBucket(listed);
    Console.Error.WriteLine($"{Folders:#,0} folders of results are put …");
    Ours("levels-up", $"{Folders}");
    for (var round = 0; round < rounds; round++)
        foreach (var step in new[] { "levels-one", "levels-all" }) Timed("self " + step, () => Ours(step, $"{Folders}"));
}

// The programs that are measured read all of it from their environment.
static async Task<string> UseNewBucket(RgwServer server)
{
    var name = RgwServer.NewBucketName();
    Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", server.AccessKeyId);
    Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", server.SecretAccessKey);
    Environment.SetEnvironmentVariable("AWS_DEFAULT_REGION", "us-east-1");
    Environment.SetEnvironmentVariable("BUCKET", name);
    Environment.SetEnvironmentVariable("ENDPOINT", server.EndpointUrl.AbsoluteUri);
    using var client = new AmazonS3Client(
        new AmazonS3Config { ServiceURL = server.EndpointUrl.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
    await client.PutBucketAsync(name);
    return name;
}

static IEnumerable<T> Turned<T>(T[] all, int by) => all.Skip(by % all.Length).Concat(all.Take(by % all.Length));

void Large(string name, Func<string?> run) => Keep(name, run, (whole, _) => whole);

void Timed(string name, Func<string?> run) =>
    Keep(name, run, (_, output) => TimeSpan.FromSeconds(double.Parse(output.Split(' ')[0], CultureInfo.InvariantCulture)));

void Keep(string name, Func<string?> run, Func<TimeSpan, string, TimeSpan> elapsed)
{
    var (clock, before) = (Stopwatch.StartNew(), ServerProcessor());
    if (run() is not { } output) return;
    var whole = clock.Elapsed;
    FiguresOf(servers, name).Add(ServerProcessor() - before);
    FiguresOf(figures, name).Add(elapsed(whole, output));
    if (output.Split(' ') is not [_, var bytes, var processor]) return;
    FiguresOf(processors, name).Add(TimeSpan.FromSeconds(double.Parse(processor, CultureInfo.InvariantCulture)));
    peaks[name] = Math.Max(peaks.GetValueOrDefault(name), long.Parse(bytes, CultureInfo.InvariantCulture));
}

string? Ours(params string[] work) => Run(Repository.PathOf("artifacts", "bench", "bench-storage-client"), work);

string? Theirs(params string[] work) => peer is null ? null : Run(peer.Python, [Repository.PathOf("bench", "storage", "peer.py"), .. work]);

string? Aws(string from, string to) => Run("aws", ["--endpoint-url", rgw.EndpointUrl.AbsoluteUri, "s3", "cp", "--quiet", from, to]);

string Run(string program, string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0
        ? output.Trim()
        : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
}

static Figures FiguresOf(Dictionary<string, Figures> all, string name) =>
    all.TryGetValue(name, out var kept) ? kept : all[name] = new Figures();

double Median(string name) => figures.TryGetValue(name, out var kept) ? kept.Median : double.NaN;
string Rate(string name) => Figures.Text(megabytes * 1000 / Median(name));
string Time(string name) => Figures.Text(Median(name));
string Times(string over, string under) => Figures.Ratio(Median(over), Median(under));
string Used(string name) => processors.TryGetValue(name, out var kept) ? Figures.Text(kept.Median) : "–";

string ServerUsed(string name) => servers.TryGetValue(name, out var kept) ? Figures.Text(kept.Median) : "–";

// Every Ceph on this machine; nothing else should run while it is measured.
static TimeSpan ServerProcessor() => TimeSpan.FromTicks(Process.GetProcesses()
    .Where(process => process.ProcessName is "radosgw" or "ceph-osd" or "ceph-mon")
    .Sum(process => process.TotalProcessorTime.Ticks));

string Peak(string name) => peaks.TryGetValue(name, out var bytes) ? Figures.Text(bytes / 1e6) : "–";
