using System.Globalization;

using IdfKit.Engine;
using IdfKit.Engine.Parts.Year;

namespace IdfKit.Runs.Parts;

/// <summary>
/// When a peak of a year was, as EnergyPlus writes it: <c>02-JAN-17:00</c>. Where a value is reached again and again, tables may name
/// another of the equal intervals than the meters: that of the part's own table is taken where its day counts.
/// </summary>
internal static class PeakTime
{
    private const double Printed = 0.011; // tables print two digits

    /// <param name="plan">The year.</param>
    /// <param name="fuel">Of which fuel.</param>
    /// <param name="watts">How high.</param>
    /// <param name="peak">When by the meters.</param>
    /// <param name="tables">Of the parts.</param>
    public static string Of(YearPlan plan, string fuel, double watts, YearPeak peak, IReadOnlyList<EnergySummary> tables)
    {
        foreach (var (segment, part) in plan.Segments.Zip(tables))
            foreach (var told in part.Peaks.Where(told => told.Fuel == fuel && Math.Abs(told.Watts - watts) <= Printed))
                if (told.At is { } at && IsKept(plan, segment, at)) return at;
        return string.Create(
            CultureInfo.InvariantCulture, $"{Day(peak.Date)}-{(int)peak.At.TotalHours:00}:{peak.At.Minutes:00}");
    }

    private static bool IsKept(YearPlan plan, YearSegment segment, string at) => Enumerable
        .Range(segment.KeptFirst, segment.KeptLast - segment.KeptFirst + 1)
        .Any(day => at.StartsWith(Day(plan.Period.DateOf(day)) + "-", StringComparison.OrdinalIgnoreCase));

    private static string Day(YearDate date)
    {
        var month = CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(date.Month).ToUpperInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{date.Day:00}-{month}");
    }
}
