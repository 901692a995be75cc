namespace IdfKit.Engine.Results;

/// <summary>What stretch of the weather file a run's figures are of.</summary>
/// <param name="Periods">The periods; empty when none was simulated, or when no file tells which.</param>
/// <param name="Hours">How many hours they have; 0 when none was simulated; null when no file tells.</param>
internal sealed record SummaryTime(IReadOnlyList<SummaryPeriod> Periods, double? Hours)
{
    private const double Year = 365 * 24;

    public static SummaryTime Unknown { get; } = new([], null);

    /// <summary>By the <c>.eio</c> file, else by the database, else by the hours that the report was gathered over.</summary>
    public static SummaryTime Of(IReadOnlyList<SummaryPeriod>? eio, IReadOnlyList<SummaryPeriod>? sql, double? hoursGathered)
    {
        var periods = eio ?? sql;
        return periods is null ? new([], hoursGathered) : new(periods, periods.Aggregate(0.0, Gathered));
    }

    /// <summary>
    /// Over how many hours the figures are after one more period. EnergyPlus 25.2 begins its tables anew where the last 365 days of a
    /// period begin, if more than 365 went before (<c>SimulationManager.cc</c>, "Starting last  year of environment").
    /// </summary>
    private static double Gathered(double before, SummaryPeriod period) => period.Hours >= 2 * Year ? Year : before + period.Hours;
}
