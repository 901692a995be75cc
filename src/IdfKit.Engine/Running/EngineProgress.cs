namespace IdfKit.Engine;

/// <summary>What EnergyPlus is doing.</summary>
public enum EnginePhase
{
    /// <summary>Reading the model and setting up.</summary>
    Initializing,

    /// <summary>Repeating the first day until it settles.</summary>
    Warmup,

    /// <summary>Going through the days of an environment.</summary>
    Simulating,

    /// <summary>Writing tables and reports.</summary>
    PostProcessing,

    /// <summary>Finished.</summary>
    Complete,
}

/// <summary>How far a run is.</summary>
/// <param name="Phase">What EnergyPlus is doing.</param>
/// <param name="Percent">0 to 100 of the days of <paramref name="Environment"/>; null when the number of days is not known.</param>
/// <param name="Environment">The run period or design day ("RUN PERIOD 1"); null outside of one.</param>
/// <param name="Day">The day as EnergyPlus prints it ("07/21" or "01/08/2017"); null outside of an environment.</param>
/// <param name="Elapsed">Wall-clock time since the run began.</param>
public sealed record EngineProgress(EnginePhase Phase, double? Percent, string? Environment, string? Day, TimeSpan Elapsed)
{
    /// <summary>How often the first day has been simulated, from 1; null outside of the warm-up.</summary>
    public int? WarmupDay { get; init; }

    /// <summary>How many days of <see cref="Environment"/> are behind; null when the number of days is not known.</summary>
    public int? DaysSimulated { get; init; }

    /// <summary>How many days <see cref="Environment"/> has; null when that is not known.</summary>
    public int? DaysInAll { get; init; }
}
