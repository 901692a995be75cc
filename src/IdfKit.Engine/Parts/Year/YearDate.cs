namespace IdfKit.Engine.Parts.Year;

/// <summary>A day of a year without 29 February.</summary>
/// <param name="Month">From 1.</param>
/// <param name="Day">From 1.</param>
internal readonly record struct YearDate(int Month, int Day)
{
    public const int DaysOfYear = 365;

    // Any that is no leap year, and is followed by none.
    private const int Common = 2017;

    /// <summary>Whether there is such a day.</summary>
    public bool IsReal => Month is >= 1 and <= 12 && Day >= 1 && Day <= DateTime.DaysInMonth(Common, Month);

    /// <summary>From 0.</summary>
    public int DayOfYear => new DateOnly(Common, Month, Day).DayOfYear - 1;

    /// <summary>So many days later; over new year where it comes to that.</summary>
    public YearDate Plus(int days)
    {
        var date = new DateOnly(Common, 1, 1).AddDays((DayOfYear + days) % DaysOfYear);
        return new(date.Month, date.Day);
    }
}
