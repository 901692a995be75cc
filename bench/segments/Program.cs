using System.Globalization;
using System.Text;

using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Simulation;

using Measuring;

using SegmentsBench;

using TestBed;

// Years in parts against years by one process. usage: bench-segments [--rounds N] [--models FOLDER] [--only PART-OF-NAME]
// [--write docs/benchmarks.md]
var arguments = new Arguments(args);
var rounds = arguments.Number("--rounds", 3);
var models = AnnualModel.In(arguments.Text("--models"), arguments.Text("--only") ?? "");
var host = Repository.PathOf("artifacts", "publish", "idfkit-engine");
await using var simulator = new Simulator(
    EnergyPlusInstallation.Find(RealParts.EnergyPlus()), new() { EngineHostPath = File.Exists(host) ? host : null });

var (figures, times) = (new StringBuilder(), new StringBuilder());
figures.AppendLine("| model | parts | shading days | check: fuel, % of the year | check: zone air, K | worst end use, % | "
    + "site, % | source, % | peaks, % | unmet, h | electricity by the hour, CV % | zone air, K |").AppendLine(
        "|---|---|---|---|---|---|---|---|---|---|---|---|");
times.AppendLine("| model | whole, s | in parts, s | ratio | processor time whole, s | in parts, s | ratio |").AppendLine(
    "|---|---|---|---|---|---|---|");
foreach (var path in models)
{
    using var folder = new TemporaryFolder();
    var name = Path.GetFileNameWithoutExtension(path);
    AnnualModel.Write(path, folder["office.idf"]);
    Dictionary<Parallelism, (Figures Time, Figures Cpu, SimulationResult? Last)> runs = new()
    {
        [Parallelism.Off] = (new(), new(), null), [Parallelism.Year] = (new(), new(), null),
    };
    for (var round = 0; round < rounds; round++)
        foreach (var parallel in new[] { Parallelism.Off, Parallelism.Year })
        {
            var (time, cpu, _) = runs[parallel];
            var weather = AnnualModel.WeatherOf(path);
            var result = await simulator.SimulateAsync(new SimulationJob(folder["office.idf"], weather, folder[$"{parallel}"])
            {
                Options = new()
                {
                    Parallel = parallel, ReportMeters = true, Variables = [new("Zone Mean Air Temperature", "*", "Hourly")],
                },
            });
            if (!result.Succeeded) throw new InvalidOperationException($"{name}: {result.Message}");
            time.Add(TimeSpan.FromMilliseconds(result.Record!.TimingsMs.Simulate ?? 0));
            cpu.Add(TimeSpan.FromMilliseconds(result.Record.CpuMs ?? 0));
            runs[parallel] = (time, cpu, result);
        }
    Say(name, runs[Parallelism.Off], runs[Parallelism.Year]);
}

var report = string.Create(CultureInfo.InvariantCulture,
    $"Every model made annual, {rounds} interleaved rounds, medians; {Environment.ProcessorCount} processors. Columns of the check are "
        + $"what the run found itself behind its seams; the others compare the last round with one process.\n\n{figures}\n{times}");
Console.WriteLine(report);
arguments.Write("segments", "bench/segments/run.sh", report);
return 0;

void Say(string name, (Figures Time, Figures Cpu, SimulationResult? Last) whole, (Figures Time, Figures Cpu, SimulationResult? Last) parts)
{
    var record = parts.Last!.Record!;
    if (record.Segments is { Seams: { } seams } segments)
    {
        var pair = new YearPair(whole.Last!, parts.Last);
        figures.AppendLine(CultureInfo.InvariantCulture,
            $"| {name} | {segments.Count} | {segments.ShadingPeriodDays} | {seams.Max(seam => seam.WorstMeterPercentOfYear):0.0000} | "
                + $"{seams.Max(seam => seam.ZoneAirMaxK):0.000} | {pair.WorstEndUsePercent:0.000} | {pair.SitePercent:0.000} | "
                + $"{pair.SourcePercent:0.000} | {pair.PeakPercent:0.000} | {pair.UnmetHours:0.00} | "
                + $"{pair.HourlyElectricityPercent:0.000} | {pair.ZoneAirKelvin:0.000} |");
    }
    else
    {
        var why = record.Notices.FirstOrDefault(notice => notice.StartsWith("The year was simulated", StringComparison.Ordinal));
        figures.AppendLine(CultureInfo.InvariantCulture, $"| {name} | 1: {why} | | | | | | | | | | |");
    }
    times.AppendLine(CultureInfo.InvariantCulture,
        $"| {name} | {whole.Time.Median / 1000:0.00} | {parts.Time.Median / 1000:0.00} | "
            + $"{Figures.Ratio(parts.Time.Median, whole.Time.Median)} | {whole.Cpu.Median / 1000:0.00} | "
            + $"{parts.Cpu.Median / 1000:0.00} | {Figures.Ratio(parts.Cpu.Median, whole.Cpu.Median)} |");
    Console.Error.WriteLine(figures.ToString().TrimEnd().Split('\n')[^1]);
    Console.Error.WriteLine(times.ToString().TrimEnd().Split('\n')[^1]);
}
