using IdfKit.Runs;

namespace IdfKit.Drops;

/// <summary>What became of a dropped object.</summary>
/// <param name="Kind">Whether it was run, and if not, why.</param>
/// <param name="Explanation">One sentence for the log.</param>
public sealed record RunResult(RunResultKind Kind, string Explanation)
{
    /// <summary>The record that lies in the bucket now; null for what was ignored.</summary>
    public RunRecord? Record { get; init; }

    /// <summary>Where the results lie, as <c>s3://bucket/folder</c>; null for what was ignored.</summary>
    public string? OutputUrl { get; init; }
}

/// <summary>Whether a dropped object was run.</summary>
public enum RunResultKind
{
    /// <summary>It ran or was rejected, and the record is committed.</summary>
    Committed,
    /// <summary>It is no model, or lies outside the input prefix: nothing was written.</summary>
    Ignored,
    /// <summary>This very object has been run, or is being run by a run that lives, for another event: nothing was written.</summary>
    Duplicate,
    /// <summary>Another run took over, of newer content or because this one's claim had run out: it has committed nothing.</summary>
    Superseded,
}

/// <summary>The run cannot be taken up now; the same event is to be delivered again.</summary>
/// <param name="message">What stands in the way.</param>
public sealed class RunDeferredException(string message) : Exception(message)
{
    /// <summary>When what stands in the way is over at the latest; null: nobody knows.</summary>
    internal DateTimeOffset? Until { get; init; }
}
