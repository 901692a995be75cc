using IdfKit.Engine;

namespace IdfKit.Simulation.Jobs;

/// <summary>Tells a job's progress with the time since it began.</summary>
internal sealed class JobProgress(SimulationJob job, IProgress<SimulationProgress>? progress, TimeProvider time) : IProgress<EngineProgress>
{
    private readonly long _began = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    /// <summary>What the runner reports to; null when nobody listens, which saves it the reading.</summary>
    public IProgress<EngineProgress>? Engine => progress is null ? null : this;

    public void Report(SimulationPhase phase) => progress?.Report(new(job, phase, null, null, null, Elapsed));

    public void Report(EngineProgress value)
    {
        if (value.Phase is EnginePhase.Complete) return; // the job is not: its results are still to be stored
        progress?.Report(new(job, PhaseOf(value.Phase), value.Percent, value.Environment, value.Day, Elapsed)
        {
            WarmupDay = value.WarmupDay,
            DaysSimulated = value.DaysSimulated,
            DaysInAll = value.DaysInAll,
        });
    }

    private static SimulationPhase PhaseOf(EnginePhase phase) => phase switch
    {
        EnginePhase.Initializing => SimulationPhase.Initializing,
        EnginePhase.Warmup => SimulationPhase.Warmup,
        EnginePhase.Simulating => SimulationPhase.Simulating,
        _ => SimulationPhase.PostProcessing,
    };
}
