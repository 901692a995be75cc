using System.Globalization;

using IdfKit.Engine;
using IdfKit.Runs;

using Measuring;

using SegmentsBench;

using TestBed;

// Years in parts against years by one process. usage: bench-segments [--rounds N] [--models FILE-OR-FOLDER,…] [--only PART-OF-NAME]
// [--weather EPW] [--as-is] [--room PARTS] [--tool IDFKIT] [--timed PARTS-OF-NAMES] [--write docs/benchmarks.md]
var arguments = new Arguments(args);
var rounds = arguments.Number("--rounds", 3);
var parts = arguments.Number("--room", 0);
var timed = arguments.Text("--timed")?.Split(',');
var host = Repository.PathOf("artifacts", "publish", "idfkit-engine");
await using var found = new Engines(
    [EnergyPlusInstallation.Find(RealParts.EnergyPlus())], new() { EngineHostPath = File.Exists(host) ? host : null, WarmHosts = 1 });
found.WarmUp();
IEngines engines = parts > 0 ? new RoomForParts(found, parts) : found;

var tables = new Tables();
foreach (var path in AnnualModel.In(arguments.Text("--models"), arguments.Text("--only") ?? ""))
{
    using var folder = new TemporaryFolder();
    var model = args.Contains("--as-is") ? path : AnnualModel.Write(path, folder.Path);
    var isTimed = timed is null || timed.Any(part => path.Contains(part, StringComparison.OrdinalIgnoreCase));
    var tool = arguments.Text("--tool") is { } program && parts == 0 && isTimed ? new RunsOfTool(program) : null;
    var runs = new YearRuns(model, arguments.Text("--weather") ?? AnnualModel.WeatherOf(path), folder.Path, tool);
    await runs.RunAsync(engines, isTimed ? rounds : 1);
    Console.Error.WriteLine(tables.Add(Path.GetFileNameWithoutExtension(path), runs));
}

var room = parts > 0 ? $" As on a machine with {parts} free processors, whatever else ran on this one: times mean nothing." : "";
var report = string.Create(CultureInfo.InvariantCulture,
    $"Every model made annual, interleaved rounds: {rounds}{(timed is null ? "" : $" ({string.Join(", ", timed)}; of the others one)")}, "
        + $"medians; {Environment.ProcessorCount} processors.{room} Columns of the check "
        + $"are what the run found itself behind its seams; the others compare the last round with one process.\n\n{tables}");
Console.WriteLine(report);
arguments.Write("segments", "bench/segments/run.sh", report);
return tables.AllWithin ? 0 : 1;
