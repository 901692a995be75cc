using System.Globalization;

namespace IdfKit.Engine.Results.Series;

/// <summary>
/// The year of an environment where the file has none. EnergyPlus 25.2 does the same for a run period without a year: it takes one in which
/// the period's first day falls on the weekday asked for (<c>WeatherManager.cc</c>, <c>findYearForWeekday</c>).
/// </summary>
internal static class CalendarYears
{
    /// <summary>For design days, and where no weekday is known.</summary>
    public const int Default = 2017;

    private static readonly int[] Common = [2017, 2007, 2013, 2014, 2015, 2010, 2011];
    private static readonly int[] Leap = [2012, 2024, 2008, 2020, 2004, 2016, 2000];

    /// <summary>A year in which this day is a weekday of this name; holidays and design days have none and give the default.</summary>
    /// <param name="month">Of the environment's first weekday.</param>
    /// <param name="day">Of the environment's first weekday.</param>
    /// <param name="dayType">Its name.</param>
    /// <param name="leapAfter">After how many turns of the year there is a 29 February; null when there is none.</param>
    public static int Of(int month, int day, string dayType, int? leapAfter)
    {
        var years = leapAfter switch { null => Common, 0 => Leap, _ => Enumerable.Range(2001, 40) };
        if (!IsWeekday(dayType) || !Enum.TryParse<DayOfWeek>(dayType, ignoreCase: true, out var weekday))
            return leapAfter is null ? Default : 2016 - leapAfter.Value;
        return years.First(year => Date(year, month, day).DayOfWeek == weekday
            && (leapAfter is not > 0 || DateTime.IsLeapYear(year + leapAfter.Value)));
    }

    /// <summary>Whether this is a day of the week, not a holiday or design day.</summary>
    public static bool IsWeekday(string dayType) => dayType.EndsWith("day", StringComparison.Ordinal) && dayType is not "Holiday";

    /// <summary>
    /// The day at 0:00; a day that the month does not have in that year counts on into the next month, a month beyond 1
    /// to 12 and a year that no run is of are held there.
    /// </summary>
    public static DateTime Date(int year, int month, int day) =>
        new DateTime(Math.Clamp(year, 1000, 9000), Math.Clamp(month, 1, 12), 1, new GregorianCalendar()).AddDays(Math.Max(day, 1) - 1);

    /// <summary>A moment within an interval.</summary>
    /// <param name="interval">It tells the year, and what is 0.</param>
    /// <param name="month">The month; 0 is that in which the interval begins.</param>
    /// <param name="day">The day of the month; 0 is that on which the interval begins.</param>
    /// <param name="minutes">Of the day.</param>
    public static DateTime Within(ResultTime interval, int month, int day, int minutes)
    {
        var start = interval.Start;
        DateTime At(int year) =>
            Date(year, month is > 0 ? month : start.Month, day is > 0 ? Math.Min(day, 31) : start.Day).AddMinutes(minutes);
        var at = At(start.Year);
        return at < start && interval.End.Year > start.Year ? At(interval.End.Year) : at;
    }

    /// <summary>The whole month.</summary>
    public static ResultTime Month(int year, int month)
    {
        var start = Date(year, month, 1);
        return new(start, start.AddMonths(1), "");
    }

    /// <summary>The whole year.</summary>
    public static ResultTime Year(int year)
    {
        var start = Date(year, 1, 1);
        return new(start, start.AddYears(1), "");
    }

    /// <summary>
    /// A run period: from the first to the last interval of at most a day that was reported where these have so many days; else of so
    /// many days until the last of them, or of the months, and where nothing shorter was reported from the start of the year.
    /// </summary>
    public static ResultTime RunPeriod(int year, int days, DateTime? first, DateTime? lastEnd)
    {
        days = Math.Clamp(days, 0, 200_000);
        if (first is { } start && lastEnd > start && lastEnd - start >= TimeSpan.FromDays(days)) return new(start, lastEnd.Value, "");
        if (lastEnd is not { } end || (end - DateTime.MinValue).TotalDays <= days) end = Date(year, 1, 1).AddDays(days);
        return new(end.AddDays(-days), end, "");
    }
}
