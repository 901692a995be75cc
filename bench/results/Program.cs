using System.Globalization;

using Measuring;

using Results;

using TestBed;

// How fast result files are read, beside the Python peer on the same files. usage: results [--rounds N] [--keep FOLDER]
// [--write docs/benchmarks.md]
switch (args)
{
    case ["task", var task, var path, var count]: Tasks.Run(task, path, int.Parse(count, CultureInfo.InvariantCulture)); return 0;
    case ["numbers", var path, var count]: Numbers.Run(path, int.Parse(count, CultureInfo.InvariantCulture)); return 0;
    case ["model-size", var path]: ModelSizes.Measure(path); return 0;
    case ["model-sizes", .. var rest]:
        var sizes = ModelSizes.Report(Repository.PathOf("artifacts", "bench-models"));
        Console.WriteLine(sizes);
        if (rest is ["--write", var into]) BenchmarkPage.Write(into, "model-sizes", "bench/results/run.sh model-sizes", sizes);
        return 0;
    case ["dump", "eso", var path, var target]: Dump.Eso(path, target); return 0;
    case ["dump", "htm", var path, var target]: Dump.Html(path, target); return 0;
}

try { RealParts.EnergyPlus(); RealParts.Model("RefBldgSmallOffice"); }
catch (Xunit.Sdk.SkipException e)
{
    Console.Error.WriteLine($"Nothing can be measured: {e.Message[(e.Message.LastIndexOf('$') + 1)..]}.");
    return 1;
}

var arguments = new Arguments(args);
if (args is ["made", var client, ..])
{
    var made = await new MadeFiles(client, arguments.Number("--rounds", 5)).ReportAsync();
    Console.WriteLine(made);
    arguments.Write("results-made", "bench/results/run.sh made", made);
    return 0;
}
var inputs = new Inputs(arguments.Text("--keep") ?? Repository.PathOf("artifacts", "bench-results"));
inputs.Make();
using var peer = PeerReader.TryStart();
if (peer is null) Console.Error.WriteLine("The Python peer is not here, so it is left out.");
var report = new Measurement(inputs, peer, arguments.Number("--rounds", 7)).Report();
if (peer is not null) report += Comparison.Report(inputs, peer);
Console.WriteLine(report);
arguments.Write("results", "bench/results/run.sh", report);
return 0;
