using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using Amazon.S3;

using CollectBench;

using FaultProxies;

using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Storage.S3;

using Measuring;

using TestBed;

// All runs of a bucket as one table: the tool as a user starts it, against the loop that people write with boto3 and the same loop
// on 32 threads. Everything in processes of their own, interleaved, on one Ceph RGW. usage: bench-collect [--runs N] [--rounds N]
// [--write docs/benchmarks.md]
var arguments = new Arguments(args);
var (runs, rounds) = (arguments.Number("--runs", 10_000), arguments.Number("--rounds", 3));
const int ObjectsOfARun = 20, Changed = 10;

var real = await RealRuns.SimulateAsync();
using var rgw = new RgwServer();
using var folder = new TemporaryFolder();
await UseNewBucketAsync();
var bucket = Environment.GetEnvironmentVariable("BUCKET")!;
var tool = Repository.PathOf("artifacts", "bench", "idfkit", "idfkit");
var python = Peer.TryInstall()?.Python ?? "python3";
await using (var place = OpenBucket()) await FillAsync(place);

Figures ours = new(), again = new(), loop = new(), threads = new();
var peaks = new Dictionary<string, long>();
for (var round = 0; round < rounds; round++)
{
    Measure(ours, "all", tool, "collect", $"s3://{bucket}/outputs", "-o", folder["all.csv"], "--fresh");
    Measure(threads, "threads", python, Repository.PathOf("bench", "collect", "peer.py"), "threads", "outputs/", folder["threads.csv"]);
    Measure(loop, "loop", python, Repository.PathOf("bench", "collect", "peer.py"), "loop", "outputs/", folder["loop.csv"]);
    Measure(ours, "all", tool, "collect", $"s3://{bucket}/outputs", "-o", folder["all.csv"], "--fresh");
    await using (var place = OpenBucket()) await ChangeAsync(place, round);
    Measure(again, "again", tool, "collect", $"s3://{bucket}/outputs", "-o", folder["all.csv"]);
    Console.Error.WriteLine($"round {round + 1} of {rounds}");
}
var wrong = await CompareAsync(folder["all.csv"]);

// Counted, not timed, by a proxy before the server.
var (first, second) = await CountAsync();

var report = new StringBuilder();
report.AppendLine(CultureInfo.InvariantCulture,
    $"{runs:#,0} committed runs of {ObjectsOfARun} objects, made from four real ones; medians of {rounds} interleaved rounds, the whole "
        + $"process, {Environment.ProcessorCount} cores, everything on one machine, Ceph RGW in memory.").AppendLine();
report.AppendLine("| | seconds | times | peak memory, MB | GET | LIST |").AppendLine("|---|---|---|---|---|---|");
report.AppendLine(CultureInfo.InvariantCulture,
    $"| `idfkit collect -o all.csv` | {Seconds(ours)} | 1 | {Peak("all")} | {first.Gets:#,0} | {first.Lists:#,0} |");
report.AppendLine(CultureInfo.InvariantCulture,
    $"| the same after {Changed} runs have changed | {Seconds(again)} | {Times(again)} | {Peak("again")} | {second.Gets:#,0} | "
        + $"{second.Lists:#,0} |");
report.AppendLine(CultureInfo.InvariantCulture,
    $"| boto3, 32 threads (record and summary) | {Seconds(threads)} | {Times(threads)} | {Peak("threads")} | | |");
report.AppendLine(CultureInfo.InvariantCulture,
    $"| boto3, one by one (record and summary) | {Seconds(loop)} | {Times(loop)} | {Peak("loop")} | | |");
report.AppendLine().AppendLine(CultureInfo.InvariantCulture,
    $"Compared with the records, cell by cell: {runs:#,0} rows, {wrong:#,0} cells differ.");
Console.WriteLine(report);
arguments.Write("collect", "bench/collect/run.sh", report.ToString());
return wrong == 0 ? 0 : 1;

async Task UseNewBucketAsync()
{
    var name = RgwServer.NewBucketName();
    Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", rgw.AccessKeyId);
    Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", rgw.SecretAccessKey);
    Environment.SetEnvironmentVariable("AWS_DEFAULT_REGION", "us-east-1");
    Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
    Environment.SetEnvironmentVariable("BUCKET", name);
    UseEndpoint(rgw.EndpointUrl);
    using var client = new AmazonS3Client(
        new AmazonS3Config { ServiceURL = rgw.EndpointUrl.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
    await client.PutBucketAsync(name);
}

// The programs that are measured read all of it from their environment.
static void UseEndpoint(Uri url)
{
    Environment.SetEnvironmentVariable("ENDPOINT", url.AbsoluteUri);
    Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_S3", url.AbsoluteUri);
}

AsyncS3FileSystem OpenBucket() => new(bucket, new S3FileSystemOptions { EndpointUrl = rgw.EndpointUrl });

static string FolderOf(int number) => $"outputs/{number % 100}/office-{number}";

async Task FillAsync(AsyncS3FileSystem place)
{
    Console.Error.WriteLine($"{runs:#,0} runs are put …");
    await Parallel.ForEachAsync(
        Enumerable.Range(0, runs), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, token) =>
        {
            await PutAsync(place, number, number);
            for (var file = 2; file < ObjectsOfARun; file++)
                await place.WriteBytesAsync($"{FolderOf(number)}/eplusout.{file:00}", new byte[1], token);
        });
}

async Task PutAsync(AsyncS3FileSystem place, int number, int variant)
{
    var (record, summary) = real.Vary(variant);
    await place.WriteTextAsync(FolderOf(number) + "/run.json", record.ToJsonString());
    await place.WriteTextAsync(FolderOf(number) + "/summary.json", summary.ToJsonString());
}

async Task ChangeAsync(AsyncS3FileSystem place, int round)
{
    for (var i = 0; i < Changed; i++) await PutAsync(place, VariantsOf(round, i).Number, VariantsOf(round, i).Variant);
}

(int Number, int Variant) VariantsOf(int round, int i) => (((round * Changed) + i) * 7 % runs, 100_000 + (round * Changed) + i);

void Measure(Figures figures, string name, string program, params string[] work)
{
    var measured = MeasuredProcess.Run(program, work);
    figures.Add(measured.Elapsed);
    peaks[name] = Math.Max(peaks.GetValueOrDefault(name), measured.PeakBytes);
    Console.Error.WriteLine($"{name}: {measured.Elapsed.TotalSeconds:0.0} s, {measured.PeakBytes / 1e6:0} MB. {measured.Output}");
}

async Task<int> CompareAsync(string path)
{
    await using var file = File.OpenRead(path);
    var table = await RunTable.ReadCsvAsync(file) ?? throw new InvalidOperationException("The table cannot be read.");
    var variants = Enumerable.Range(0, runs).ToArray();
    for (var round = 0; round < rounds; round++)
        for (var i = 0; i < Changed; i++) variants[VariantsOf(round, i).Number] = VariantsOf(round, i).Variant;
    if (table.Rows.Count != runs) throw new InvalidOperationException($"{table.Rows.Count} rows.");
    var rows = table.Rows.ToDictionary(row => "outputs/" + row.Folder, StringComparer.Ordinal);
    return Enumerable.Range(0, runs).Sum(number => Differences(rows[FolderOf(number)], real.Vary(variants[number]).Record));
}

static int Differences(RunRow row, JsonObject record)
{
    var summary = record["summary"]!.AsObject();
    (string Column, JsonNode? Value)[] cells =
    [
        ("run_id", record["run_id"]), ("status", record["status"]), ("reason", record["reason"]), ("message", record["message"]),
        ("label", record["label"]), ("model_key", record["input"]!["key"]), ("tags_group", record["tags"]!["group"]),
        ("warnings", record["diagnostics"]!["warnings"]), ("severe", record["diagnostics"]!["severe"]),
        .. new[] { "queued", "stage", "preprocess", "simulate", "upload", "total" }
            .Select(name => ("timings_ms_" + name, record["timings_ms"]![name])),
        .. summary.Where(figure => figure.Value is JsonValue && figure.Key is not ("schema" or "warnings" or "severe"))
            .Select(figure => (figure.Key, figure.Value)),
        .. (summary["end_uses_gj"] as JsonObject ?? []).SelectMany(use => use.Value!.AsObject()
            .Select(fuel => ($"end_uses_gj_{use.Key}_{fuel.Key}", fuel.Value))),
    ];
    return cells.Count(cell => !Same(row[cell.Column], cell.Value));
}

static bool Same(object? cell, JsonNode? value) => value switch
{
    null => cell is null,
    JsonValue number when number.GetValueKind() is JsonValueKind.Number =>
        cell is not null && Convert.ToDouble(cell, CultureInfo.InvariantCulture) == NumberOf(number),
    JsonValue text when text.TryGetValue<string>(out var said) => cell as string == said,
    _ => false,
};

static double NumberOf(JsonValue value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

async Task<((int Gets, int Lists) First, (int Gets, int Lists) Second)> CountAsync()
{
    await using var proxy = new FaultProxy(rgw.EndpointUrl);
    UseEndpoint(proxy.Url);
    MeasuredProcess.Run(tool, "collect", $"s3://{bucket}/outputs", "-o", folder["counted.csv"]);
    var all = Counted(proxy);
    await using (var place = OpenBucket()) await ChangeAsync(place, rounds);
    MeasuredProcess.Run(tool, "collect", $"s3://{bucket}/outputs", "-o", folder["counted.csv"]);
    return (all, Counted(proxy));
}

static (int Gets, int Lists) Counted(FaultProxy proxy)
{
    var lists = proxy.Calls.Count(call => call.Has("list-type"));
    var others = proxy.Calls.Count - lists;
    proxy.Clear();
    return (others, lists);
}

static string Seconds(Figures figures) => (figures.Median / 1000).ToString("0.0", CultureInfo.InvariantCulture);
string Times(Figures figures) => (figures.Median / ours.Median).ToString("0.00", CultureInfo.InvariantCulture);
string Peak(string name) => Figures.Text(peaks[name] / 1e6);
