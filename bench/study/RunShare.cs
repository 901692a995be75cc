using System.Diagnostics;
using System.Globalization;

using IdfKit.Engine;
using IdfKit.Simulation;
using IdfKit.Studies;

using Measuring;

using TestBed;

namespace StudyBench;

/// <summary>What a study took, and what the plain program takes for one of its rows.</summary>
internal sealed record RunShare(TimeSpan Plain, TimeSpan Study)
{
    private const int PlainRuns = 5, WarmRows = 2;

    public static async Task<RunShare> MeasureAsync(string model, string weather, string column, int rows)
    {
        using var folder = new TemporaryFolder();
        File.Copy(model, folder["office.idf"]);
        File.Copy(weather, folder["office.epw"]);
        await using var simulator = new Simulator(EnergyPlusInstallation.Find(RealParts.EnergyPlus()));
        await StudyAsync(WarmRows, "warm"); // the just-in-time compiler's share is no study's
        var before = Plain();
        var study = await StudyAsync(rows, "measured");
        List<TimeSpan> all = [.. before, .. Plain()];
        return new(all.Order().ElementAt(all.Count / 2), study);

        List<TimeSpan> Plain() =>
            [.. Enumerable.Range(0, PlainRuns).Select(_ => PlainProgram.Run(folder["office.idf"], folder["office.epw"]))];

        async Task<TimeSpan> StudyAsync(int count, string output)
        {
            var lines = Enumerable.Range(0, count).Select(row => string.Create(CultureInfo.InvariantCulture, $"r{row},{row}"));
            await File.WriteAllLinesAsync(folder["office.study.csv"], [$"name,{column}", .. lines]);
            var watch = Stopwatch.StartNew();
            var read = await IdfKit.Studies.Study.ReadAsync(folder["office.study.csv"]);
            await foreach (var ended in new StudyRunner(simulator).RunAsync(read, folder[output]))
                if (ended.Result is not { Succeeded: true })
                    throw new InvalidOperationException($"{ended.Variant}: {ended.Result?.Message ?? ended.Error?.Message}");
            return watch.Elapsed;
        }
    }
}
