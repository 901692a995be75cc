namespace IdfKit.Drops;

/// <summary>Why an event was given up: nobody will try it again.</summary>
/// <param name="Cause">What became of the last attempt.</param>
public sealed record GivenUp(GivenUpCause Cause)
{
    /// <summary>How often it was tried; null when nobody has counted.</summary>
    public int? Attempts { get; init; }

    /// <summary>How long the last attempt took, or how long the event waited for one; null when nobody knows.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>The last error in the words of who reported it; null when there are none.</summary>
    public string? Said { get; init; }
}

/// <summary>What became of the last attempt at an event that was given up.</summary>
public enum GivenUpCause
{
    /// <summary>The function failed with an error.</summary>
    Failed,
    /// <summary>The function was stopped because its time was over.</summary>
    TimedOut,
    /// <summary>The function's process was killed.</summary>
    Killed,
    /// <summary>The function's process ended by itself.</summary>
    Exited,
    /// <summary>There was none: the event waited too long for one.</summary>
    TooOld,
    /// <summary>There was none: the event could not be delivered.</summary>
    NotDelivered,
    /// <summary>The job without a deadline failed.</summary>
    JobFailed,
    /// <summary>Nobody has said: a queue hands an event on without the errors that it met.</summary>
    Unknown,
    /// <summary>The role may not do what the run needs, such as writing its results.</summary>
    Denied,
}
