namespace IdfKit.Engine.Results;

/// <summary>What stretch of the weather file a run's figures are of.</summary>
/// <param name="Periods">The periods; empty when none was simulated, or when no file tells which.</param>
/// <param name="Hours">How many hours they have; 0 when none was simulated; null when no file tells.</param>
internal sealed record SummaryTime(IReadOnlyList<SummaryPeriod> Periods, double? Hours)
{
    public static SummaryTime Unknown { get; } = new([], null);

    /// <summary>By the <c>.eio</c> file, else by the database, else by the hours that the report was gathered over.</summary>
    public static SummaryTime Of(IReadOnlyList<SummaryPeriod>? eio, IReadOnlyList<SummaryPeriod>? sql, double? hoursGathered)
    {
        var periods = eio ?? sql;
        return periods is null ? new([], hoursGathered) : new(periods, periods.Sum(period => period.Hours));
    }
}
