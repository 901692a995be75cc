using IdfKit.Engine;

namespace IdfKit.Runs.TimeSeries;

/// <summary>A run's series, some at a time.</summary>
internal interface ISeriesSource
{
    /// <summary>All of them, in the order in which they become columns.</summary>
    IReadOnlyList<ResultVariable> Variables { get; }

    IReadOnlyList<ResultEnvironment> Environments { get; }

    /// <summary>Whether the run's files end before their end mark.</summary>
    bool IsCut { get; }

    /// <summary>Every time at which something of this frequency was reported in an environment, in order.</summary>
    IReadOnlyList<ResultTime> Times(int environment, ResultFrequency frequency);

    /// <summary>Reads some variables; their series are held until the next are read.</summary>
    /// <returns>The series of one of them in an environment; null when it has none.</returns>
    Func<ResultVariable, int, ResultSeries?> Read(IReadOnlyList<ResultVariable> variables);
}
