using IdfKit.Engine;

namespace IdfKit.Runs.TimeSeries;

/// <summary>Lists of times, each in order.</summary>
internal static class SeriesTimes
{
    /// <summary>All times of both, each once.</summary>
    public static IReadOnlyList<ResultTime> Together(IReadOnlyList<ResultTime> one, IReadOnlyList<ResultTime> other)
    {
        if (one.Count == 0 || ReferenceEquals(one, other)) return other;
        if (other.Count == 0 || AreSame(one, other)) return one;
        var all = new List<ResultTime>(Math.Max(one.Count, other.Count));
        var (i, j) = (0, 0);
        while (i < one.Count || j < other.Count)
        {
            var order = i == one.Count ? 1 : j == other.Count ? -1 : Compare(one[i], other[j]);
            all.Add(order <= 0 ? one[i] : other[j]);
            if (order <= 0) i++;
            if (order >= 0) j++;
        }
        return all;
    }

    /// <summary>Whether they are the same intervals, each at the same place.</summary>
    public static bool AreSame(IReadOnlyList<ResultTime> one, IReadOnlyList<ResultTime> other)
    {
        if (ReferenceEquals(one, other)) return true;
        if (one.Count != other.Count) return false;
        for (var i = 0; i < one.Count; i++)
            if (Compare(one[i], other[i]) != 0) return false;
        return true;
    }

    /// <summary>
    /// The earlier end first; of two with one end the shorter, as EnergyPlus writes a step of the zones behind those of the systems in it.
    /// </summary>
    public static int Compare(ResultTime one, ResultTime other) =>
        one.End.CompareTo(other.End) is not 0 and var byEnd ? byEnd : other.Start.CompareTo(one.Start);
}
