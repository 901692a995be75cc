namespace IdfKit.Engine.Parts.Year;

/// <summary>How far two neighbours are apart where both report the same days behind a seam.</summary>
/// <param name="Seam">The day of the seam.</param>
/// <param name="LeadInDays">How long the later one had run by then.</param>
/// <param name="ComparedDays">How many days both report; the earlier one's last is left out. 0: nothing was compared.</param>
/// <param name="WorstMeter">The meter of a fuel or of an end use that is furthest apart; null where none was compared.</param>
/// <param name="WorstMeterPercentOfYear">
/// Of its sum of the year: the sum of its daily differences (of an end use with their signs) or, where that is more, what they would come
/// to by the later one's end, if each day's were that of the last week without its largest day.
/// </param>
/// <param name="ZoneAirMaxKelvin">The largest difference of any zone's air in an hour.</param>
internal sealed record YearSelfCheck(
    YearDate Seam, int LeadInDays, int ComparedDays, string? WorstMeter, double WorstMeterPercentOfYear, double ZoneAirMaxKelvin)
{
    // Of twelve models the worst had 0.0193 % and 0.041 K, all truly; soil, heavy walls and Kiva 0.18 % and 0.27 K at least.
    private const double MostPercent = 0.05;
    private const double MostKelvin = 0.1;
    private const double MostKelvinOfTanks = 0.5; // on the average of the days: burners of small ones are out of phase for hours
    private const double LeastShare = 1e-6; // of the largest meter: pumps of a millijoule a year are no finding
    private const double LeastOfSite = 1e-3; // an end use that is less is compared within its fuel alone
    private const int HoursOfDay = 24;
    private const int DaysOfWeek = 7;

    /// <summary>
    /// How far the mean temperatures of a water heater's tank are apart: a large one may not burn for weeks, and then no meter shows that
    /// it is not as full.
    /// </summary>
    /// <value>Null where there is none.</value>
    public double? TankMaxKelvin { get; init; }

    /// <summary>
    /// What else the model reports and is apart there. The rest of the year may differ in it, which is said and keeps nothing from being
    /// joined: no energy and no zone's temperature hangs on it.
    /// </summary>
    public IReadOnlyList<string> StatesApart { get; init; } = [];

    /// <summary>Whether the two may be joined. What could not be compared may not, and what is no number is not near.</summary>
    public bool IsWithin => ComparedDays > 0 && WorstMeter is not null && WorstMeterPercentOfYear <= MostPercent
        && ZoneAirMaxKelvin <= MostKelvin && AreTanksWithin;

    /// <summary>Whether tanks are as full.</summary>
    public bool AreTanksWithin => TankMaxKelvin is not { } apart || apart <= MostKelvinOfTanks;

    /// <param name="plan">The year.</param>
    /// <param name="seam">Which seam: that between this segment and the next.</param>
    /// <param name="earlier">What the earlier one reported.</param>
    /// <param name="later">What the later one reported.</param>
    /// <param name="yearSums">Of each meter, over the kept days of all segments.</param>
    public static YearSelfCheck Of(
        YearPlan plan, int seam, YearReports earlier, YearReports later, IReadOnlyDictionary<string, double> yearSums)
    {
        var (before, behind) = (plan.Segments[seam], plan.Segments[seam + 1]);
        var days = Enumerable.Range(behind.KeptFirst, Math.Max(0, before.Last - behind.KeptFirst)).ToList();
        var floor = yearSums.Values.Select(sum => Math.Abs(sum)).DefaultIfEmpty().Max() * LeastShare;
        var site = yearSums.Where(meter => YearMeters.IsOfFuel(meter.Key)).Sum(meter => Math.Abs(meter.Value));
        var worst = yearSums.Where(meter => YearMeters.IsOfFuel(meter.Key)
                ? Math.Abs(meter.Value) > floor
                : YearMeters.IsOfEndUse(meter.Key) && Math.Abs(meter.Value) > LeastOfSite * site)
            .Select(meter => (Name: meter.Key, Percent: 100 / Math.Abs(meter.Value) * ApartOf(meter.Key)))
            .OrderByDescending(meter => double.IsNaN(meter.Percent) ? double.PositiveInfinity : meter.Percent)
            .FirstOrDefault();
        var air = earlier.ZoneAir.Keys.SelectMany(zone => days.SelectMany(day => Enumerable.Range(0, HoursOfDay).Select(hour => Math.Abs(
            Difference(earlier.ZoneAir, later.ZoneAir, zone, HourOf(day - before.First, hour), HourOf(day - behind.First, hour))))));
        var tanks = earlier.Tanks.Keys.Select(tank => Math.Abs(Mean(earlier, tank, before.First) - Mean(later, tank, behind.First)));
        return new(plan.Period.DateOf(behind.KeptFirst), behind.LeadIn, days.Count, worst.Name, worst.Percent, MaxOrNaN(air))
        {
            TankMaxKelvin = earlier.Tanks.Count == 0 ? null : days.Count == 0 ? double.NaN : MaxOrNaN(tanks),
            StatesApart = YearStates.Apart(earlier.States, later.States, before, behind, days),
        };

        double ApartOf(string meter)
        {
            List<double> differences = [.. days.Select(day =>
                Difference(earlier.Meters, later.Meters, meter, day - before.First, day - behind.First))];
            var sum = YearMeters.IsOfFuel(meter) ? differences.Sum(Math.Abs) : Math.Abs(differences.Sum());
            return Math.Max(sum, PerDay([.. differences.TakeLast(DaysOfWeek)]) * behind.KeptDays);
        }

        double Mean(YearReports reports, string tank, int first) => reports.Tanks.TryGetValue(tank, out var values)
            ? days.Average(day => values[day - first])
            : double.NaN;
    }

    /// <summary>
    /// What a week is apart by that lasts, for each day: without its largest day. A burner that is out of phase is apart by what it burns
    /// once, however many days it is, and that does not last.
    /// </summary>
    private static double PerDay(List<double> week) =>
        Math.Max(0, Math.Abs(week.Sum()) - week.Select(Math.Abs).DefaultIfEmpty().Max()) / (DaysOfWeek - 1);

    private static int HourOf(int day, int hour) => (day * HoursOfDay) + hour;

    /// <summary>NaN where one of them has nothing at all there.</summary>
    private static double Difference(
        IReadOnlyDictionary<string, double[]> one, IReadOnlyDictionary<string, double[]> other, string name, int at, int otherAt)
    {
        var both = one.TryGetValue(name, out var first) & other.TryGetValue(name, out var second);
        return both && at < first!.Length && otherAt < second!.Length ? first[at] - second[otherAt] : double.NaN;
    }

    /// <summary>0 for none; NaN where one is.</summary>
    private static double MaxOrNaN(IEnumerable<double> values) => values.Aggregate(0.0, Math.Max);
}
