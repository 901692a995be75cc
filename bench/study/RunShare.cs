using System.Diagnostics;
using System.Globalization;

using IdfKit.Engine;
using IdfKit.Simulation;
using IdfKit.Studies;

using Measuring;

using TestBed;

namespace StudyBench;

/// <summary>What a study took, and what the plain program takes for one of its rows.</summary>
/// <param name="Plain">The plain program, one row.</param>
/// <param name="Study">All rows by <see cref="StudyRunner"/>.</param>
/// <param name="LocalCloud">All rows and the base model by itself, in a folder that <c>idfkit dev</c> serves: its whole process.</param>
/// <param name="Peer">All rows by the Python peer, without starting Python; null where it is not here.</param>
internal sealed record RunShare(TimeSpan Plain, TimeSpan Study, TimeSpan LocalCloud, TimeSpan? Peer)
{
    private const int PlainRuns = 5, WarmRows = 2;

    public static async Task<RunShare> MeasureAsync(string model, string weather, string column, int rows)
    {
        using var folder = new TemporaryFolder();
        File.Copy(model, folder["office.idf"]);
        File.Copy(weather, folder["office.epw"]);
        await using var simulator = new Simulator(
            EnergyPlusInstallation.Find(RealParts.EnergyPlus()),
            new() { EngineHostPath = Repository.PathOf("artifacts", "publish", "idfkit-engine") }); // as IdfKit.Engine's package has it
        await StudyAsync(WarmRows, "warm"); // the just-in-time compiler's share is no study's
        var before = Plain();
        var study = await StudyAsync(rows, "measured");
        var cloud = MeasuredProcess.Run(
            Repository.PathOf("artifacts", "bench", "idfkit", "idfkit"), "dev", folder["bucket"], "--until-idle",
            "--bootstrap", Repository.PathOf("artifacts", "publish", "bootstrap"),
            "--drop", folder["office.epw"], folder["office.idf"], folder["office.study.csv"]);
        var peer = Measuring.Peer.TryInstall() is { } python
            ? Seconds(MeasuredProcess.Run(
                python.Python, Repository.PathOf("bench", "study", "peer.py"), folder["office.idf"], folder["office.epw"], folder["peer"],
                $"{rows}", $"{Environment.ProcessorCount}").Output)
            : (TimeSpan?)null;
        List<TimeSpan> all = [.. before, .. Plain()];
        return new(all.Order().ElementAt(all.Count / 2), study, cloud.Elapsed, peer);

        static TimeSpan Seconds(string said) => TimeSpan.FromSeconds(double.Parse(said, CultureInfo.InvariantCulture));

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
