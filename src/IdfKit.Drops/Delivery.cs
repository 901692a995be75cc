namespace IdfKit.Drops;

/// <summary>What a run needs to know of the invocation that it is part of.</summary>
/// <param name="RequestId">The same for every retry of one event or job, each of which begins only once the one before
/// it has ended; null where nobody retries.</param>
/// <param name="Deadline">When the invocation is killed; null outside Lambda, where the run renews its claim for as
/// long as it lives.</param>
/// <param name="FunctionVersion">For the record.</param>
public sealed record Delivery(string? RequestId, DateTimeOffset? Deadline, string? FunctionVersion = null)
{
    /// <summary>With less than this until the deadline no further run is begun.</summary>
    internal static readonly TimeSpan LeastForOneMore = TimeSpan.FromSeconds(60);

    /// <summary>The function's memory, for what the run costs; null outside Lambda.</summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary>Places for rows of studies that this call shares with others; null: it runs one row at a time.</summary>
    public RowSlots? Rows { get; init; }
}
