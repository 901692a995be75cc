namespace IdfKit.Runs;

/// <summary>How a <see cref="RunTable"/> is collected.</summary>
public sealed record RunTableOptions
{
    /// <summary>How many records are read at once.</summary>
    /// <value>Default 32; from 1 to 1,000.</value>
    public int Concurrency
    {
        get;
        init => field = value is > 0 and <= 1_000
            ? value
            : throw new ArgumentOutOfRangeException(null, "From 1 to 1,000 records can be read at once.");
    } = 32;

    /// <summary>
    /// Whether a read that fails for the moment ends the collecting, and gets no row: for a caller who concludes from an absent row
    /// that there is no run.
    /// </summary>
    internal bool EndsWithFirstFailure { get; init; }
}

/// <summary>How far the collecting of a <see cref="RunTable"/> is.</summary>
/// <param name="Found">Runs that were found so far.</param>
/// <param name="Done">Of those, how many are rows.</param>
/// <param name="IsFoundAll">Whether all runs have been found.</param>
public sealed record RunTableProgress(int Found, int Done, bool IsFoundAll);
