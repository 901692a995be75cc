using System.Numerics;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Divides a run period into segments. Seams are on the first of a month, so that records of months stay whole. A segment begins and
/// ends on a multiple of the shading period: elsewhere EnergyPlus would see another sun for weeks. A week behind its seam is simulated,
/// too: neighbours are compared there, and controls that look at tomorrow are off on a run's last day.
/// </summary>
internal static class YearPlanner
{
    /// <summary>With 14 days twelve models were off by 0.0072 % at most; more days gained nothing in eleven of them.</summary>
    public const int LeadIn = 14;

    /// <summary>Of the plan, the lead-in, the check and the join: to be raised when the same model gives another year, or none.</summary>
    public const string Form = "year/6/14";

    private const int Behind = 8; // the last one is not compared
    private const double MostWork = 1.7; // times the days of the run period
    private const double Longest = 0.8; // of the run period: what is longer gains nothing

    /// <param name="period">The run period.</param>
    /// <param name="shadingDays">The shading period; at least 1.</param>
    /// <param name="parts">How many segments at most.</param>
    /// <param name="leadIn">Days that are simulated before those that count.</param>
    /// <returns>As many segments as the days to simulate allow, the longest as short as can be.</returns>
    public static YearPlan Plan(YearPeriod period, int shadingDays, int parts, int leadIn = LeadIn)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shadingDays, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(leadIn);
        List<int> firsts = [.. Enumerable.Range(1, period.Days - 1)
            .Where(day => period.DateOf(day).Day == 1 && day + Behind <= period.Days)];
        for (var count = Math.Min(parts, firsts.Count + 1); count > 1; count--)
        {
            var best = Choices(firsts, count - 1)
                .Select(seams => Cut(period, shadingDays, leadIn, seams))
                .Where(segments => segments.Sum(segment => segment.Days) <= MostWork * period.Days
                    && segments.Max(segment => segment.Days) <= Longest * period.Days)
                .OrderBy(segments => segments.Max(segment => segment.Days))
                .ThenBy(segments => segments.Sum(segment => segment.Days))
                .FirstOrDefault();
            if (best is not null) return new(period, shadingDays, best);
        }
        return new(period, shadingDays, []);
    }

    /// <summary>There are at most twelve firsts of months, so all are tried.</summary>
    private static IEnumerable<List<int>> Choices(List<int> firsts, int count) =>
        Enumerable.Range(0, 1 << firsts.Count)
            .Where(choice => BitOperations.PopCount((uint)choice) == count)
            .Select(choice => firsts.Where((_, index) => ((choice >> index) & 1) == 1).ToList());

    private static List<YearSegment> Cut(YearPeriod period, int shadingDays, int leadIn, List<int> seams)
    {
        List<int> bounds = [0, .. seams, period.Days];
        return [.. Enumerable.Range(0, bounds.Count - 1).Select(index =>
        {
            var (from, to) = (bounds[index], bounds[index + 1]);
            var first = index == 0 ? 0 : Math.Max(0, from - leadIn) / shadingDays * shadingDays;
            var blocks = (to + Behind + shadingDays - 1) / shadingDays;
            return new YearSegment(first, Math.Min((blocks * shadingDays) - 1, period.Days - 1), from, to - 1);
        })];
    }
}
