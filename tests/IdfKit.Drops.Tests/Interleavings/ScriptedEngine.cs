using IdfKit.Engine;

namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>
/// In EnergyPlus's place: each result carries the model's content and the number of the simulation, and one is named by
/// the content.
/// </summary>
internal sealed class ScriptedEngine(Actor actor, Scenario scenario, BucketCheck bucket)
{
    public async Task<EngineRun> RunAsync(EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken)
    {
        var content = File.ReadLines(request.ModelPath).First()[1..];
        var marker = $"{content} {bucket.Simulated(actor)}";
        actor.Marker = marker;
        if (scenario.Watches)
        {
            progress!.Report(new(EnginePhase.Simulating, 50, "RUN PERIOD", null, TimeSpan.FromSeconds(1)));
            await actor.WatchOnceAsync(cancellationToken);
        }
        File.WriteAllText(Path.Combine(request.OutputDirectory, "eplusout.eso"), marker);
        File.WriteAllText(Path.Combine(request.OutputDirectory, $"eplusout_{content}.csv"), marker);
        // One tick is one look, and the watch has had it; one that stood still may be past its deadline.
        if (scenario is { SendsAhead: true, Watches: false } && !actor.IsThawed)
        {
            actor.Time.Tick();
            await bucket.SentAheadAsync(actor, request.OutputDirectory, files: 2, marker.Length);
        }
        actor.ResultFiles = 4; // and summary.json and report.html
        return new() { Outcome = RunOutcome.Completed, ExitCode = 0 };
    }
}
