namespace IdfKit.Engine;

/// <summary>
/// The interval that a value is of, in local standard time. What EnergyPlus writes as hour 24 ends at 0:00 of the next day; a day, a month
/// and a year end where the next begin.
/// </summary>
/// <param name="Start">Where the interval begins.</param>
/// <param name="End">Where it ends, which is the moment that EnergyPlus stamps it with.</param>
/// <param name="DayType">Such as <c>Sunday</c>, <c>Holiday</c> or <c>WinterDesignDay</c>; empty for a month or longer.</param>
public readonly record struct ResultTime(DateTime Start, DateTime End, string DayType)
{
    /// <summary>How long the interval is.</summary>
    public TimeSpan Length => End - Start;
}
