namespace IdfKit.Engine.Parts.Year;

/// <summary>The largest value of a meter in one interval.</summary>
/// <param name="Joules">Of the interval.</param>
/// <param name="Date">The day.</param>
/// <param name="At">The end of the interval within that day.</param>
internal sealed record YearPeak(double Joules, YearDate Date, TimeSpan At);

/// <summary>
/// Figures of the whole run period, made of the daily records of the days that count; a segment's own of its run period have the lead-in
/// in them.
/// </summary>
/// <param name="Joules">By meter.</param>
/// <param name="Peaks">By meter; none for one that is never above zero.</param>
/// <param name="UnmetHours">By EnergyPlus's name of the variable.</param>
internal sealed record YearFigures(
    IReadOnlyDictionary<string, double> Joules,
    IReadOnlyDictionary<string, YearPeak> Peaks,
    IReadOnlyDictionary<string, double> UnmetHours)
{
    /// <param name="plan">The year.</param>
    /// <param name="segments">What each has in its <c>.eso</c> and its <c>.mtr</c>, in their order.</param>
    public static YearFigures Of(YearPlan plan, IReadOnlyList<(EsoResults Variables, EsoResults Meters)> segments)
    {
        var sums = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        var peaks = new Dictionary<string, YearPeak>(StringComparer.OrdinalIgnoreCase);
        var unmet = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (var (segment, (variables, meters)) in plan.Segments.Zip(segments))
        {
            foreach (var series in Daily(meters, variable => variable.IsMeter))
            {
                Add(sums, segment, series);
                if (HighestOf(plan, segment, series) is not { } peak) continue;
                if (peak.Joules > (peaks.GetValueOrDefault(series.Variable.Name)?.Joules ?? 0))
                    peaks[series.Variable.Name] = peak;
            }
            foreach (var series in Daily(variables, IsUnmet))
                Add(unmet, segment, series);
        }
        return new(sums, peaks, unmet);
    }

    private static bool IsUnmet(ResultVariable variable) =>
        YearOutputs.Unmet.Contains(variable.Name, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<ResultSeries> Daily(EsoResults results, Func<ResultVariable, bool> isWanted) =>
        results.AllSeries(results.Variables.Where(variable => variable.Frequency is ResultFrequency.Daily && isWanted(variable)))
            .Where(series => !series.Environment.IsDesignDay);

    private static void Add(Dictionary<string, double> sums, YearSegment segment, ResultSeries series)
    {
        var kept = series.Values.ToArray().Skip(segment.LeadIn).Take(segment.KeptLast - segment.KeptFirst + 1);
        sums[series.Variable.Name] = sums.GetValueOrDefault(series.Variable.Name) + kept.Sum();
    }

    private static YearPeak? HighestOf(YearPlan plan, YearSegment segment, ResultSeries series)
    {
        YearPeak? highest = null;
        for (var day = segment.KeptFirst; day <= segment.KeptLast && day - segment.First < series.Extremes.Count; day++)
        {
            var extremes = series.Extremes[day - segment.First];
            if (!(extremes.Maximum > (highest?.Joules ?? 0))) continue; // it may be no number
            var at = extremes.MaximumAt - series.Times[day - segment.First].Start;
            highest = new(extremes.Maximum, plan.Period.DateOf(day), at);
        }
        return highest;
    }
}
