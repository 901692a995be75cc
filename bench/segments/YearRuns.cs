using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Simulation;
using IdfKit.Simulation.Jobs;

using Measuring;

namespace SegmentsBench;

/// <summary>The years of one model: whole and in parts, as often as there are rounds.</summary>
/// <param name="path">The model.</param>
/// <param name="weather">Its weather.</param>
/// <param name="folder">Takes the results of the last round.</param>
/// <param name="tool">Runs the same, where given.</param>
internal sealed class YearRuns(string path, string weather, string folder, RunsOfTool? tool = null)
{
    public RunsOfTool? Tool => Parts.Last?.Record?.Segments is null ? null : tool;

    public Measured Whole { get; } = new();

    public Measured Parts { get; } = new();

    /// <summary>What went wrong in place of a result; null: nothing.</summary>
    public string? Fault { get; private set; }

    public async Task RunAsync(IEngines engines, int rounds)
    {
        for (var round = 0; round < rounds && Fault is null; round++)
        {
            await RunOneAsync(engines, Parallelism.Off, Whole);
            if (Fault is null) await RunOneAsync(engines, Parallelism.Year, Parts);
            Tool?.Run(path, weather, Path.Combine(folder, "tool"));
        }
    }

    private async Task RunOneAsync(IEngines engines, Parallelism parallel, Measured measured)
    {
        var job = new SimulationJob(path, weather, Path.Combine(folder, parallel.ToString()))
        {
            Options = new()
            {
                Parallel = parallel, ReportMeters = true, Variables = [new("Zone Mean Air Temperature", "*", "Hourly")],
            },
        };
        var run = new JobRun(job, null, engines, null, new JobProgress(job, null, TimeProvider.System), TimeProvider.System);
        var result = await run.RunAsync(folder, CancellationToken.None);
        if (!result.Succeeded) Fault = $"{parallel}: {result.Message}";
        measured.Add(result);
    }

    /// <summary>How long runs of one kind took, and the last of them.</summary>
    internal sealed class Measured
    {
        public Figures Time { get; } = new();

        public Figures Cpu { get; } = new();

        public SimulationResult? Last { get; private set; }

        public void Add(SimulationResult result)
        {
            Time.Add(TimeSpan.FromMilliseconds(result.Record!.TimingsMs.Simulate ?? 0));
            Cpu.Add(TimeSpan.FromMilliseconds(result.Record.CpuMs ?? 0));
            Last = result;
        }
    }
}
