namespace IdfKit.Engine;

/// <summary>One variable's values in one environment, with the times that they are of.</summary>
public sealed class ResultSeries
{
    private readonly Func<IReadOnlyList<ResultTime>> _times;

    internal ResultSeries(
        ResultVariable variable, ResultEnvironment environment, ReadOnlyMemory<double> values, Func<IReadOnlyList<ResultTime>> times) =>
        (Variable, Environment, Values, _times) = (variable, environment, values, times);

    /// <summary>What was reported.</summary>
    public ResultVariable Variable { get; }

    /// <summary>In which design day or run period.</summary>
    public ResultEnvironment Environment { get; }

    /// <summary>
    /// The values in the order of time: 8,760 for an hourly variable over a year. Sums and averages are those of the
    /// interval.
    /// </summary>
    public ReadOnlyMemory<double> Values { get; }

    /// <summary>As many intervals as there are values.</summary>
    public IReadOnlyList<ResultTime> Times => field ??= _times();

    /// <summary>How many values there are.</summary>
    public int Count => Values.Length;

    /// <summary>Whether the file ends before its end mark, so that later values may be missing.</summary>
    public bool IsCut { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Variable} in {Environment.Title}: {Count} values";
}
