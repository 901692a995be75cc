namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>An event of the model's key.</summary>
/// <param name="Name">For the trace.</param>
/// <param name="Sequencer">S3's order.</param>
/// <param name="Content">What was put.</param>
internal sealed record Arrival(string Name, string Sequencer, string Content)
{
    /// <summary>Whether its content is put by the invocation's first step, and not before the schedule begins.</summary>
    public bool PutsFirst { get; init; }

    /// <summary>Whether it comes only when all others have ended and every claim has run out.</summary>
    public bool IsLate { get; init; }

    /// <summary>How often it is delivered at most: once, and twice more when it fails.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>The key; the model's, or that of its weather, or a study's.</summary>
    public string Key { get; init; } = "inputs/office.idf";

    /// <summary>Whether it is what is run, and not a file for which that waits.</summary>
    public bool IsRun => !Key.EndsWith(".epw", StringComparison.Ordinal);
}

/// <summary>What arrives, and how a failed delivery comes again.</summary>
internal sealed record Scenario(string Name, params Arrival[] Arrivals)
{
    /// <summary>Null: Lambda's own retry, after minutes. Else a queue: after so long, and under another request id.</summary>
    public TimeSpan? Visibility { get; init; }

    /// <summary>Whether a retry comes under another request id: from a queue, or from whoever calls the function and tries again.</summary>
    public bool RetriesHaveOtherIds { get => field || Visibility is not null; init; }

    /// <summary>Whether runs look after their claim while they simulate.</summary>
    public bool Watches { get; init; }

    /// <summary>Whether results are sent before their run has ended.</summary>
    public bool SendsAhead { get; init; }

    /// <summary>Whether the model needs weather.</summary>
    public bool NeedsWeather { get; init; }

    /// <summary>Whether what arrives are files of a study of one row, whose model lies there.</summary>
    public bool IsStudy { get; init; }

    /// <summary>How far each second invocation's clock is ahead.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>A finished run lies there already, of older content, with files that the newer ones do not write.</summary>
    public bool BeginsWithRun { get; init; }

    public string Newest => Arrivals.Where(arrival => arrival.IsRun)
        .MaxBy(arrival => arrival.Sequencer.ToUpperInvariant().PadRight(32, '0'), StringComparer.Ordinal)!.Sequencer;
}

/// <summary>A delivery of an event: the first, or one after a failure.</summary>
/// <param name="Arrival">The event.</param>
/// <param name="RequestId">Of the invocation.</param>
/// <param name="Attempt">From 1.</param>
internal sealed record Delivery(Arrival Arrival, string RequestId, int Attempt);
