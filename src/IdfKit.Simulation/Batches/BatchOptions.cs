namespace IdfKit.Simulation;

/// <summary>How a batch is run.</summary>
public sealed record BatchOptions
{
    /// <summary>How many jobs are under way at once.</summary>
    /// <value>Default: the number of processors. At least 1.</value>
    public int MaxConcurrency
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxConcurrency), value, "A batch runs at least one job at a time.");
    } = Environment.ProcessorCount;
}
