namespace IdfKit.Engine.Parts.Year;

/// <summary>A run period in segments.</summary>
/// <param name="Period">The run period.</param>
/// <param name="ShadingDays">For so many days from its first the sun stands where it does on their average.</param>
/// <param name="Segments">In the order of their days; fewer than two: it is not worth it.</param>
internal sealed record YearPlan(YearPeriod Period, int ShadingDays, IReadOnlyList<YearSegment> Segments)
{
    /// <summary>Whether a segment begins in the next year of a run period that goes over new year.</summary>
    public bool BeginsBehindNewYear => Segments.Any(segment => Period.DateOf(segment.First).DayOfYear < Period.Begin.DayOfYear);

    public int SimulatedDays => Segments.Sum(segment => segment.Days);

    /// <summary>
    /// The year in which a segment begins: it and the next are no leap years, and its first day has the weekday that the run period
    /// has there. EnergyPlus then takes rules such as "1st Monday in September" and daylight saving as in the whole period.
    /// </summary>
    public int YearOf(YearSegment segment)
    {
        const int Earliest = 2001;
        var (date, weekday) = (Period.DateOf(segment.First), Period.WeekdayOf(segment.First));
        return Enumerable.Range(Earliest, 28).First(year => !DateTime.IsLeapYear(year) && !DateTime.IsLeapYear(year + 1)
            && new DateOnly(year, date.Month, date.Day).DayOfWeek == weekday);
    }

    /// <summary>The year in which a segment ends.</summary>
    public int EndYearOf(YearSegment segment) =>
        YearOf(segment) + ((Period.DateOf(segment.First).DayOfYear + segment.Days - 1) / YearDate.DaysOfYear);
}
