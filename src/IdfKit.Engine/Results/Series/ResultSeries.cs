namespace IdfKit.Engine;

/// <summary>One variable's values in one environment, with the times that they are of.</summary>
public sealed class ResultSeries
{
    private readonly Func<IReadOnlyList<ResultTime>> _times;
    private readonly Func<IReadOnlyList<ResultTime>, IReadOnlyList<ResultExtremes>> _extremes;

    internal ResultSeries(
        ResultVariable variable,
        ResultEnvironment environment,
        ReadOnlyMemory<double> values,
        Func<IReadOnlyList<ResultTime>> times,
        Func<IReadOnlyList<ResultTime>, IReadOnlyList<ResultExtremes>>? extremes = null) =>
        (Variable, Environment, Values, _times, _extremes) = (variable, environment, values, times, extremes ?? (_ => []));

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

    /// <summary>
    /// The lowest and the highest value within each interval of a daily or longer series, as many as there are values; empty where the file
    /// has none. Out of <c>.sql</c> they are read when they are first asked for, while the file is still open.
    /// </summary>
    public IReadOnlyList<ResultExtremes> Extremes => field ??= _extremes(Times);

    /// <summary>How many values there are.</summary>
    public int Count => Values.Length;

    /// <summary>Whether the file ends before its end mark, so that later values may be missing.</summary>
    public bool IsCut { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Variable} in {Environment.Title}: {Count} values";
}
