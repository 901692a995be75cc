using IdfKit.Simulation;

namespace IdfKit.Studies;

/// <summary>How studies are run.</summary>
public sealed record StudyRunnerOptions
{
    /// <summary>How many variants are under way at once.</summary>
    /// <value>Default: the number of processors. At least 1.</value>
    public int MaxConcurrency
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxConcurrency), value, "A study runs at least one variant at a time.");
    } = Environment.ProcessorCount;

    /// <summary>How each variant is simulated; what a row says comes before it.</summary>
    public SimulationOptions Simulation { get; init; } = new();
}
