using System.Diagnostics;

using IdfKit.Engine;
using IdfKit.Simulation;

using Measuring;

using TestBed;

// A batch against what its jobs take one by one, shared evenly among the processors.
var arguments = new Arguments(args);
var jobs = arguments.Number("--jobs", 50);
var rounds = arguments.Number("--rounds", 3);

var (model, weather) = (RealParts.Model("RefBldgWarehouse"), RealParts.Weather("Chicago"));
var energyPlus = EnergyPlusInstallation.Find(RealParts.EnergyPlus());
var bound = Environment.ProcessorCount;
using var folder = new TemporaryFolder();

await using (var warmUp = new Simulator(energyPlus)) await SinglesAsync(warmUp, 2); // the just-in-time compiler's share is no batch's

var lines = new List<string>();
for (var round = 0; round < rounds; round++)
{
    // Singles before and after the batch: a machine that slows down meanwhile must not look like a gain.
    await using var simulator = new Simulator(energyPlus);
    var (programBefore, before) = (Programs(5), await SinglesAsync(simulator, 5));
    var watch = Stopwatch.StartNew();
    var result = await simulator.SimulateBatchAsync(Jobs(jobs), new() { MaxConcurrency = bound });
    var batch = watch.Elapsed;
    if (!result.AllSucceeded) throw new InvalidOperationException($"A job failed: {result.Failed[0].Message}");
    var (programAfter, after) = (Programs(5), await SinglesAsync(simulator, 5));

    var program = Median([.. programBefore, .. programAfter]);
    var single = Median([.. before, .. after]);
    lines.Add($"| {round + 1} | {program.TotalMilliseconds:0} | {single.TotalMilliseconds:0} | "
        + $"{batch.TotalMilliseconds:N0} | {single * jobs / bound / batch:0.000} | "
        + $"{program * jobs / bound / batch:0.000} |");
    Console.Error.WriteLine(lines[^1]);
}

var report = $"""
    {jobs} runs of RefBldgWarehouse (design days) on {bound} processors, results on local disk, milliseconds.
    The ideal is {jobs} × one job ÷ {bound}.

    | round | plain `energyplus` | one job | batch | ideal ÷ batch | with the plain program as the one job |
    |---|---|---|---|---|---|
    {string.Join('\n', lines)}
    """;
Console.WriteLine(report);
arguments.Write("batch", "bench/batch/run.sh", report);

IEnumerable<SimulationJob> Jobs(int count) =>
    Enumerable.Range(0, count).Select(number => new SimulationJob(model, weather, folder[$"{Guid.NewGuid():N}-{number}"]));

async Task<List<TimeSpan>> SinglesAsync(Simulator simulator, int count)
{
    var times = new List<TimeSpan>();
    foreach (var job in Jobs(count))
    {
        var watch = Stopwatch.StartNew();
        if (await simulator.SimulateAsync(job) is { Succeeded: false } failed) throw new InvalidOperationException(failed.Message);
        times.Add(watch.Elapsed);
    }
    return times;
}

List<TimeSpan> Programs(int count) => [.. Enumerable.Range(0, count).Select(_ => PlainProgram.Run(model, weather))];

static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
