using System.Globalization;
using System.Text;

using Load;

using Measuring;


using TestBed;

// A burst of models through four function processes against the ideal, and the memory of the function process itself:
// with the largest results, and from invocation to invocation. usage: load [--models N] [--rounds N] [--write
// docs/benchmarks.md]
const int Processes = 4;
var arguments = new Arguments(args);
var models = arguments.Number("--models", 300);
var rounds = arguments.Number("--rounds", 5);
if (Bootstrap.FindOrSay() is not { } bootstrap) return 1;
try { RealParts.EnergyPlus(); RealParts.Model("ASHRAE901_OutPatient"); }
catch (Xunit.Sdk.SkipException e)
{
    Console.Error.WriteLine($"Nothing can be measured: {e.Message[(e.Message.LastIndexOf('$') + 1)..]}.");
    return 1;
}

using var server = new RgwServer();
using var bucket = new MeasuredBucket(server);
await bucket.CreateAsync();
await bucket.PutAsync("weather/chicago.epw", RealParts.Weather("Chicago"));
var model = Repository.PathOf("examples", "one-zone.idf");
var report = new StringBuilder();

var bare = new Figures();
double megabytesAtFirst, megabytesAfterOne, megabytesAtLast;
TimeSpan burst;
await using (var function = await MeasuredFunction.StartOursAsync(bootstrap, server, bucket.Name, Processes))
{
    await RunAsync(function, "warm-up", Processes * 4);
    for (var round = 0; round < rounds; round++) bare.Add(PlainProgram.Run(model, RealParts.Weather("Chicago")));
    megabytesAtFirst = function.ProcessIds.Average(ProcessMemory.Resident);
    burst = await RunAsync(function, "burst", models);
    megabytesAfterOne = function.ProcessIds.Average(ProcessMemory.Resident);
    await RunAsync(function, "again", models);
    megabytesAtLast = function.ProcessIds.Average(ProcessMemory.Resident);
    for (var round = 0; round < rounds; round++) bare.Add(PlainProgram.Run(model, RealParts.Weather("Chicago")));
}
var ideal = models * bare.Median / Environment.ProcessorCount;
report.AppendLine(CultureInfo.InvariantCulture,
    $"{models} one-zone models, a whole year each, dropped at once on {Processes} function processes; "
        + $"{Environment.ProcessorCount} cores, everything on one machine, Ceph RGW in memory.");
report.AppendLine();
report.AppendLine("| | |");
report.AppendLine("|---|---|");
report.AppendLine(CultureInfo.InvariantCulture, $"| a bare run, median of {bare.Count} | {Figures.Text(bare.Median)} ms |");
report.AppendLine(CultureInfo.InvariantCulture, $"| ideal: {models} × bare ÷ {Environment.ProcessorCount} | {ideal / 1000:0.0} s |");
report.AppendLine(CultureInfo.InvariantCulture, $"| the burst, first event to last record | {burst.TotalSeconds:0.0} s |");
report.AppendLine(CultureInfo.InvariantCulture, $"| ideal ÷ burst | {ideal / burst.TotalMilliseconds:0.00} |");
report.AppendLine(CultureInfo.InvariantCulture,
    $"| memory of a function process before the burst, after it, and after another one | "
        + $"{megabytesAtFirst:0.0}, {megabytesAfterOne:0.0} and {megabytesAtLast:0.0} MB |");

await using (var function = await MeasuredFunction.StartOursAsync(bootstrap, server, bucket.Name))
{
    const string Key = "inputs/large/outpatient.idf";
    await bucket.PutAsync(Key, RealParts.Model("ASHRAE901_OutPatient"));
    await function.RunAsync(Key);
    await bucket.ExpectCommittedAsync(Key);
    report.AppendLine(CultureInfo.InvariantCulture,
        $"| peak memory of the function process with the results of OutPatientHealthCare (132 MB) | "
            + $"{ProcessMemory.Peak(function.ProcessIds[0]):0.0} MB |");
}

Console.WriteLine(report);
arguments.Write("load", "bench/load/run.sh", report.ToString());
return 0;

async Task<TimeSpan> RunAsync(MeasuredFunction function, string name, int count)
{
    var keys = Enumerable.Range(0, count)
        .Select(number => string.Create(CultureInfo.InvariantCulture, $"inputs/{name}/m{number}.idf"))
        .ToList();
    foreach (var key in keys) await bucket.PutAsync(key, model);
    var elapsed = await function.BurstAsync(keys);
    foreach (var key in keys) await bucket.ExpectCommittedAsync(key);
    return elapsed;
}
