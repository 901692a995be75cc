namespace IdfKit.Engine.Parts.Year;

/// <summary>The largest value of a meter in one interval.</summary>
/// <param name="Joules">Of the interval.</param>
/// <param name="Date">The day.</param>
/// <param name="At">The end of the interval within that day.</param>
internal sealed record YearPeak(double Joules, YearDate Date, TimeSpan At);

/// <summary>
/// Figures of a stretch of days, made of daily records; a segment's own figures of its run period have the lead-in in them.
/// </summary>
/// <param name="Joules">By meter.</param>
/// <param name="Peaks">By meter; none for one that is never above zero.</param>
/// <param name="UnmetHours">By EnergyPlus's name of the variable.</param>
internal sealed record YearFigures(
    IReadOnlyDictionary<string, double> Joules,
    IReadOnlyDictionary<string, YearPeak> Peaks,
    IReadOnlyDictionary<string, double> UnmetHours)
{
    /// <summary>Those of the whole run period: of each segment the days that count.</summary>
    /// <param name="plan">The year.</param>
    /// <param name="reports">What the segments reported, in their order.</param>
    public static YearFigures Of(YearPlan plan, IReadOnlyList<YearReports> reports)
    {
        var sums = new Sums(plan.Period);
        foreach (var (segment, report) in plan.Segments.Zip(reports))
            sums.Add(segment, report, segment.LeadIn, segment.KeptLast - segment.First);
        return sums.Figures;
    }

    /// <summary>Those of all that one segment has simulated, as its own tables have them.</summary>
    public static YearFigures OfSegment(YearPlan plan, int index, YearReports report)
    {
        var sums = new Sums(plan.Period);
        sums.Add(plan.Segments[index], report, 0, plan.Segments[index].Days - 1);
        return sums.Figures;
    }

    private sealed class Sums(YearPeriod period)
    {
        private readonly Dictionary<string, double> _joules = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, YearPeak> _peaks = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, double> _unmet = new(StringComparer.OrdinalIgnoreCase);

        public YearFigures Figures => new(_joules, _peaks, _unmet);

        /// <summary>Adds days of a segment, from and to one of its own.</summary>
        public void Add(YearSegment segment, YearReports report, int from, int to)
        {
            foreach (var (name, days) in report.Meters) Add(_joules, name, days[from..(to + 1)]);
            foreach (var (name, days) in report.Unmet) Add(_unmet, name, days[from..(to + 1)]);
            foreach (var (name, days) in report.Peaks)
                for (var day = from; day <= to && day < days.Length; day++)
                    if (days[day].Joules > (_peaks.GetValueOrDefault(name)?.Joules ?? 0)) // it may be no number
                        _peaks[name] = new(days[day].Joules, period.DateOf(segment.First + day), days[day].At);
        }

        private static void Add(Dictionary<string, double> sums, string name, double[] days) =>
            sums[name] = sums.GetValueOrDefault(name) + days.Sum();
    }
}
