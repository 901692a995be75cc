namespace IdfKit.Engine.Results.Sql;

/// <summary>A row of the table of times.</summary>
/// <param name="Environment">Its place among the environments; -1 for a number that has no row.</param>
/// <param name="Type">EnergyPlus's number for the length of the interval: -1 a step, 0 a step of the zones, 1 an hour, 2 a day …</param>
/// <param name="Year">Its year.</param>
/// <param name="Month">Its month.</param>
/// <param name="Start">Where a day or a shorter interval begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Days">For a run period, how many days it has.</param>
/// <param name="DayType">Such as Sunday.</param>
internal readonly record struct SqlTime(
    int Environment, int Type, int Year, int Month, DateTime Start, DateTime End, int Days, string DayType)
{
    public static SqlTime Absent { get; } = new(-1, 0, 0, 0, default, default, 0, "");
}
