namespace IdfKit.Simulation;

/// <summary>What happens to a job.</summary>
public enum SimulationPhase
{
    /// <summary>Model, weather and the files that the model names are brought to local disk and checked.</summary>
    Staging,

    /// <summary>EnergyPlus reads the model and sets up.</summary>
    Initializing,

    /// <summary>EnergyPlus repeats the first day until it settles.</summary>
    Warmup,

    /// <summary>EnergyPlus goes through the days of an environment.</summary>
    Simulating,

    /// <summary>EnergyPlus writes tables and reports.</summary>
    PostProcessing,

    /// <summary>Results are brought to the output directory.</summary>
    Storing,

    /// <summary>The results and the record are there.</summary>
    Complete,
}

/// <summary>How far a job is.</summary>
/// <param name="Job">The job.</param>
/// <param name="Phase">What happens to it.</param>
/// <param name="Percent">0 to 100 of the days of <paramref name="Environment"/>; null when the number of days is not known.</param>
/// <param name="Environment">The run period or design day ("RUN PERIOD 1"); null outside of one.</param>
/// <param name="Day">The day as EnergyPlus prints it ("07/21"); null outside of an environment.</param>
/// <param name="Elapsed">Since the job began.</param>
public sealed record SimulationProgress(
    SimulationJob Job, SimulationPhase Phase, double? Percent, string? Environment, string? Day, TimeSpan Elapsed)
{
    /// <summary>How often the first day has been simulated, from 1; null outside of the warm-up.</summary>
    public int? WarmupDay { get; init; }

    /// <summary>How many days of <see cref="Environment"/> are behind; null when the number of days is not known.</summary>
    public int? DaysSimulated { get; init; }

    /// <summary>How many days <see cref="Environment"/> has; null when that is not known.</summary>
    public int? DaysInAll { get; init; }
}
