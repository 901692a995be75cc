namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Looks at what a model reports itself: temperatures, humidity, contaminants and comfort may remember for longer than a lead-in without
/// any energy that shows it (the air of a room that nothing ventilates, the water of a loop that stands still). Flows and energy are not
/// looked at: meters are compared, and burners are out of phase.
/// </summary>
internal static class YearStates
{
    private const long MostValues = 12_000_000; // of one segment, while its file is read
    private const int HoursOfDay = 24;
    private const double ShareOfContaminant = 0.02;

    /// <summary>How far the mean of all compared days may be apart; null: it is not looked at.</summary>
    private static double? LimitOf(ResultVariable variable) => variable.Units switch
    {
        "C" => 0.5, // as of tanks
        "kgWater/kgDryAir" => 0.0002,
        "%" => 1,
        "ppm" => 0,
        _ when variable.Name.Contains("PMV", StringComparison.OrdinalIgnoreCase) => 0.1,
        _ when variable.Name.EndsWith(" Status", StringComparison.OrdinalIgnoreCase) => 0.5, // a thermostat within its band, old snow
        _ => null,
    };

    /// <summary>Chooses of a dictionary, in its order, what is looked at, as far as its values are few enough to be held.</summary>
    /// <param name="segment">Which days it has.</param>
    /// <param name="stepsOfHour">How many steps an hour has.</param>
    public static Func<ResultVariable, bool> Choose(YearSegment segment, int stepsOfHour)
    {
        long values = 0;
        return variable =>
        {
            if (!IsState(variable)) return false;
            values += (long)ValuesOfDay(variable.Frequency, stepsOfHour) * segment.Days;
            return values <= MostValues;
        };
    }

    /// <summary>The mean of each day; nothing of a series that has not every day.</summary>
    public static IReadOnlyDictionary<ResultVariable, double[]> Days(EsoResults results, YearSegment segment)
    {
        var found = new Dictionary<ResultVariable, double[]>();
        foreach (var series in results.AllSeries(results.Variables.Where(IsState)))
        {
            if (series.Environment.IsDesignDay || series.Count == 0 || series.Count % segment.Days != 0) continue;
            var (values, ofDay) = (series.Values, series.Count / segment.Days);
            found[series.Variable] = [.. Enumerable.Range(0, segment.Days).Select(day => Mean(values.Span.Slice(day * ofDay, ofDay)))];
        }
        return found;
    }

    /// <summary>Which series are apart on the average of the days that both neighbours report.</summary>
    /// <param name="earlier">By series, from the earlier one's first day on.</param>
    /// <param name="later">The same of the later one.</param>
    /// <param name="before">The earlier one.</param>
    /// <param name="behind">The later one.</param>
    /// <param name="days">The days.</param>
    public static IReadOnlyList<string> Apart(
        IReadOnlyDictionary<ResultVariable, double[]> earlier, IReadOnlyDictionary<ResultVariable, double[]> later,
        YearSegment before, YearSegment behind, IReadOnlyList<int> days)
    {
        if (days.Count == 0) return [];
        return [.. earlier.Keys.Where(variable => later.TryGetValue(variable, out var values)
            && IsApart(variable, Of(earlier[variable], before), Of(values, behind))).Select(variable => variable.ToString())];

        double Of(double[] values, YearSegment segment) => days.Average(day => values[day - segment.First]);
    }

    private static bool IsApart(ResultVariable variable, double one, double other) =>
        LimitOf(variable) is { } limit && !(Math.Abs(one - other) <= Math.Max(limit, variable.Units == "ppm"
            ? ShareOfContaminant * Math.Max(Math.Abs(one), Math.Abs(other))
            : 0));

    private static bool IsState(ResultVariable variable) =>
        LimitOf(variable) is not null && ValuesOfDay(variable.Frequency, stepsOfHour: 1) > 0 && !IsComparedOtherwise(variable);

    /// <summary>Zones' air and tanks keep parts from being joined at all.</summary>
    private static bool IsComparedOtherwise(ResultVariable variable) =>
        string.Equals(variable.Name, YearOutputs.Air, StringComparison.OrdinalIgnoreCase)
        || string.Equals(variable.Name, YearOutputs.Tank, StringComparison.OrdinalIgnoreCase);

    /// <summary>0: they are not looked at.</summary>
    private static int ValuesOfDay(ResultFrequency frequency, int stepsOfHour) => frequency switch
    {
        ResultFrequency.Timestep => HoursOfDay * stepsOfHour,
        ResultFrequency.Hourly => HoursOfDay,
        ResultFrequency.Daily => 1,
        _ => 0,
    };

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }
}
