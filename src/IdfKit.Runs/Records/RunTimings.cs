namespace IdfKit.Runs;

/// <summary>Where the time of a run went, in milliseconds; null for what did not happen.</summary>
public sealed record RunTimings
{
    /// <summary>From the event to the claim.</summary>
    public long? Queued { get; init; }

    /// <summary>Fetching and checking the inputs.</summary>
    public long? Stage { get; init; }

    /// <summary>Preparing the staged copy.</summary>
    public long? Preprocess { get; init; }

    /// <summary>EnergyPlus.</summary>
    public long? Simulate { get; init; }

    /// <summary>Summary and upload of the results.</summary>
    public long? Upload { get; init; }

    /// <summary>From the claim to the commit.</summary>
    public long? Total { get; init; }
}
