namespace IdfKit.Engine.Children;

/// <summary>How a child ended and what it took.</summary>
internal readonly record struct ChildExit(int? ExitCode, int? Signal, TimeSpan CpuTime, long PeakMemoryBytes)
{
    /// <summary>The bound on it and all that it started for which it was killed.</summary>
    public ExceededBound? Exceeded { get; init; }
}
