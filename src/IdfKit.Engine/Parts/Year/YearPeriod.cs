namespace IdfKit.Engine.Parts.Year;

/// <summary>The days that a run period simulates with a weather file that has no 29 February.</summary>
/// <param name="Begin">The first.</param>
/// <param name="Days">How many; at most a year.</param>
/// <param name="Weekday">That of the first. The weekdays run on without a leap day, also in a leap year (25.2).</param>
internal sealed record YearPeriod(YearDate Begin, int Days, DayOfWeek Weekday)
{
    /// <param name="begin">The first day.</param>
    /// <param name="end">The last day; before the first: of the next year.</param>
    /// <param name="weekday">That of the first.</param>
    public static YearPeriod Of(YearDate begin, YearDate end, DayOfWeek weekday)
    {
        var days = end.DayOfYear - begin.DayOfYear + 1;
        return new(begin, days > 0 ? days : days + YearDate.DaysOfYear, weekday);
    }

    public YearDate DateOf(int day) => Begin.Plus(day);

    public DayOfWeek WeekdayOf(int day) => (DayOfWeek)(((int)Weekday + day) % 7);

    /// <summary>The year that the model gives it; null: none.</summary>
    public int? Year { get; init; }

    /// <summary>The year that EnergyPlus takes for its first day: that of the model, else a recent one with the weekday (25.2).</summary>
    public int YearOfEnergyPlus
    {
        get
        {
            ReadOnlySpan<int> years = [2013, 2014, 2015, 2010, 2011, 2017, 2007, 2013, 2014, 2015, 2010, 2011, 2017];
            return Year ?? years[(int)Weekday + 6 - ((Begin.DayOfYear + 1) % 7)];
        }
    }
}
