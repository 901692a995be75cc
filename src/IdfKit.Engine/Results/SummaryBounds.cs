namespace IdfKit.Engine.Results;

/// <summary>
/// Keeps a summary small and writable, whatever the files say that it was read from: JSON has no infinite numbers, and a table may have
/// a million rows.
/// </summary>
internal static class SummaryBounds
{
    private const double Largest = 1e15; // J of a city in a century; what is larger was never simulated
    private const int LongestName = 100;
    private const int MostUses = 200;
    private const int MostFuels = 50;
    private const int MostPeriods = 400;

    public static EnergySummary Hold(EnergySummary summary) => summary with
    {
        SiteEnergyGj = Held(summary.SiteEnergyGj),
        SourceEnergyGj = Held(summary.SourceEnergyGj),
        SiteEuiMjM2 = Held(summary.SiteEuiMjM2),
        SourceEuiMjM2 = Held(summary.SourceEuiMjM2),
        TotalAreaM2 = Held(summary.TotalAreaM2),
        ConditionedAreaM2 = Held(summary.ConditionedAreaM2),
        HoursSimulated = Held(summary.HoursSimulated),
        EndUsesGj = summary.EndUsesGj is null ? null : Held(summary.EndUsesGj, MostUses, fuels => Held(fuels, MostFuels, energy => energy)),
        UnmetHours = new(
            Held(summary.UnmetHours.Heating),
            Held(summary.UnmetHours.Cooling),
            Held(summary.UnmetHours.OccupiedHeating),
            Held(summary.UnmetHours.OccupiedCooling)),
        Peaks = [.. summary.Peaks.Where(peak => IsFit(peak.Watts)).Take(MostFuels).Select(Held)],
        Periods = [.. summary.Periods.Where(period => IsFit(period.Hours)).Take(MostPeriods).Select(Held)],
    };

    private static bool IsFit(double value) => Math.Abs(value) <= Largest; // not a number is neither

    private static double? Held(double? value) => value is { } number && IsFit(number) ? number : null;

    private static Dictionary<string, T> Held<T>(Dictionary<string, T> named, int most, Func<T, T> hold) => named
        .Where(entry => entry.Value is not double number || IsFit(number))
        .DistinctBy(entry => Held(entry.Key))
        .Take(most)
        .ToDictionary(entry => Held(entry.Key), entry => hold(entry.Value), StringComparer.Ordinal);

    private static PeakDemand Held(PeakDemand peak) => peak with { Fuel = Held(peak.Fuel), At = peak.At is null ? null : Held(peak.At) };

    private static SummaryPeriod Held(SummaryPeriod period) =>
        period with { Name = Held(period.Name), From = Held(period.From), To = Held(period.To) };

    private static string Held(string name) => OneLine.Of(name, LongestName);
}
