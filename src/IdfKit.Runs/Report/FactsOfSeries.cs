using IdfKit.Engine;
using IdfKit.Engine.Preparation;
using IdfKit.Engine.Results.Eso;

namespace IdfKit.Runs.Report;

/// <summary>Makes facts of a page out of series.</summary>
internal static class FactsOfSeries
{
    private const double JoulesPerKilowattHour = 3.6e6, SecondsPerHour = 3600;
    private const int MostZones = 200, MostMonths = 12, HoursOfDay = 24;

    /// <summary>The energy of each end use by month: as it is reported, else as the sum of its hours.</summary>
    public static MonthlyEnergy? Months(PickedSeries meters, IReadOnlyList<SummaryPeriod> periods)
    {
        if (meters.Period is not { } period) return null;
        var first = FirstOf(period, periods) ?? (period.FirstMonth is { } month ? new DateOnly(2001, month, 1) : default(DateOnly?));
        if (first is not { } begin) return null;
        var uses = new Dictionary<(string Use, string Fuel), MonthlyUse>();
        foreach (var (place, variable) in meters.Variables.Index().OrderBy(item => item.Item.Frequency is not ResultFrequency.Monthly))
        {
            if (MeterNames.UseOf(variable.Name) is not var (use, fuel) || uses.ContainsKey((use, fuel))) continue;
            var joules = variable.Frequency is ResultFrequency.Monthly ? period.MonthsOf(place) : SumsOf(period.HoursOf(place), begin);
            if (joules.Count > 0) uses[(use, fuel)] = new(use, fuel, [.. joules.Select(value => value / JoulesPerKilowattHour)]);
        }
        var count = uses.Values.Select(use => use.KilowattHours.Count).DefaultIfEmpty().Max();
        var whole = uses.Values.Where(use => use.KilowattHours.Count == count).ToList();
        return whole.Count == 0 ? null : new(begin, whole) { IsCut = IsCut(period, begin) };
    }

    /// <summary>The facility's electricity by hour.</summary>
    public static HourlyPower? Power(PickedSeries meters, IReadOnlyList<SummaryPeriod> periods)
    {
        if (meters.Period is not { } period || FirstOf(period, periods) is not { } first) return null;
        foreach (var (place, variable) in meters.Variables.Index())
            if (ReportSeries.IsElectricity(variable) && period.HoursOf(place) is { } hours)
                return new(first, WattsOf(hours)) { IsCut = period.HasMoreHours };
        return null;
    }

    /// <summary>The air temperatures of the zones, in the order of the file.</summary>
    public static IReadOnlyList<ZoneTemperatures> Zones(PickedSeries temperatures)
    {
        if (temperatures.Period is not { } period) return [];
        var zones = new Dictionary<string, ZoneTemperatures>(StringComparer.OrdinalIgnoreCase);
        foreach (var (place, variable) in temperatures.Variables.Index())
        {
            if (zones.Count == MostZones) break;
            if (zones.ContainsKey(variable.Key) || period.HoursOf(place) is not { } hours) continue;
            var sorted = Enumerable.Range(0, hours.Count).Select(hours.MeanOf).Where(double.IsFinite).Order().ToArray();
            if (sorted.Length > 0)
                zones[variable.Key] = new(variable.Key, sorted[0], Quantile(sorted, 0.05), Quantile(sorted, 0.95), sorted[^1]);
        }
        return [.. zones.Values];
    }

    private static double[] WattsOf(HourSums hours) =>
        [.. Enumerable.Range(0, hours.Count).Select(hour => hours.SumOf(hour) / SecondsPerHour)];

    /// <summary>Whether it has more than twelve months, or parts of them.</summary>
    private static bool IsCut(PickedPeriod period, DateOnly begin)
    {
        var last = begin.AddDays(Math.Max(0, period.Hours - 1) / HoursOfDay);
        var months = (last.Year - begin.Year) * MostMonths + last.Month - begin.Month + 1;
        return period.HasMoreMonths || period.HasMoreHours || months > MostMonths;
    }

    private static double Quantile(double[] sorted, double part) =>
        sorted[Math.Min(sorted.Length - 1, (int)(part * sorted.Length))];

    /// <summary>
    /// Its first day, in a year that has a 29 February where the period has one: weather of a leap year mostly lacks it, and the days
    /// behind would be a day late.
    /// </summary>
    private static DateOnly? FirstOf(PickedPeriod period, IReadOnlyList<SummaryPeriod> periods)
    {
        if (period.First is not var (month, day)) return null;
        var known = periods.FirstOrDefault(known => known.Name.Equals(period.Title, StringComparison.OrdinalIgnoreCase));
        var said = DateOnly.TryParseExact(known?.From, "yyyy-MM-dd", out var from) ? from.Year : default(int?);
        var year = said is { } given && DateTime.IsLeapYear(given) == period.HasLeapDay ? given : period.HasLeapDay ? 2000 : 2001;
        return day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    private static List<double> SumsOf(HourSums? hours, DateOnly first)
    {
        var sums = new List<double>();
        var month = 0;
        for (var hour = 0; hour < hours?.Count; hour++)
        {
            var day = first.AddDays(hour / HoursOfDay);
            if (day.Month != month && sums.Count == MostMonths) break;
            if (day.Month != month) sums.Add(0);
            month = day.Month;
            if (double.IsFinite(hours.SumOf(hour))) sums[^1] += hours.SumOf(hour);
        }
        return sums;
    }
}
