using System.Globalization;
using System.Text;

using HostBench;

using IdfKit.Engine;

using Measuring;

using TestBed;

// Runs forked from an engine host against the plain program, in interleaved rounds, and the model reader.
// usage: bench-host [--rounds N] [--write docs/benchmarks.md] | --compare
var host = Repository.PathOf("artifacts", "publish", "idfkit-engine");
if (!File.Exists(host)) { Console.Error.WriteLine($"There is no {host}: run ./eng/publish.sh artifacts/publish first."); return 1; }

EnergyPlusInstallation installation;
try { installation = EnergyPlusInstallation.Find(RealParts.EnergyPlus()); RealParts.Model("RefBldgWarehouse"); }
catch (Xunit.Sdk.SkipException e)
{
    Console.Error.WriteLine($"Nothing can be measured: {e.Message[(e.Message.LastIndexOf('$') + 1)..]}.");
    return 1;
}

await using var engines = new BothEngines(installation, host);
if (args.Contains("--compare"))
{
    var differing = 0;
    foreach (var model in RealParts.AllModels()) differing += await Comparison.RunAsync(engines, model);
    Console.WriteLine(differing == 0 ? "All files are the same, time stamps and elapsed times aside." : $"{differing} files differ.");
    return differing == 0 ? 0 : 1;
}

var arguments = new Arguments(args);
var rounds = arguments.Number("--rounds", 15);
var report = new StringBuilder();
report.AppendLine(CultureInfo.InvariantCulture,
    $"Medians of {rounds} interleaved rounds, milliseconds from the request to the end of the run; {Environment.ProcessorCount} cores.");
report.AppendLine();
report.AppendLine("| model, design days | plain `energyplus` | forked from a host | ratio |");
report.AppendLine("|---|---|---|---|");
foreach (var name in new[] { "RefBldgWarehouse", "RefBldgSmallOffice", "RefBldgMediumOffice" })
{
    var (plain, warm) = (new Figures(), new Figures());
    for (var round = -1; round < rounds; round++) // round -1 warms everything up
    {
        // Whichever goes first must not always be the one that finds a busy machine.
        var first = await engines.RunAsync(RealParts.Model(name), warm: round % 2 == 0);
        var second = await engines.RunAsync(RealParts.Model(name), warm: round % 2 != 0);
        if (round < 0) continue;
        foreach (var run in new[] { first, second }) (run.Warm ? warm : plain).Add(run.Elapsed);
    }
    report.AppendLine(CultureInfo.InvariantCulture,
        $"| {name} | {Figures.Text(plain.Median)} | {Figures.Text(warm.Median)} | {Figures.Ratio(warm.Median, plain.Median)} |");
}
report.AppendLine();
report.Append(ReaderSpeed.Measure(rounds));
Console.WriteLine(report);
arguments.Write("host", "bench/host/run.sh", report.ToString());
return 0;
