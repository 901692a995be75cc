using IdfKit.Engine;

namespace IdfKit.Runs.Records;

/// <summary>
/// Adds up the summaries of run periods. Each figure comes rounded out of the tables of its run period, so that a sum may be off by half a
/// last digit for each.
/// </summary>
internal static class JoinedSummary
{
    private const int Digits = 2; // of the tables

    /// <param name="whole">What the joined files say: periods, hours and counts.</param>
    /// <param name="parts">The summaries of the run periods.</param>
    public static EnergySummary Of(EnergySummary whole, IReadOnlyList<EnergySummary> parts) => whole with
    {
        SiteEnergyGj = Sum(parts, part => part.SiteEnergyGj),
        SourceEnergyGj = Sum(parts, part => part.SourceEnergyGj),
        SiteEuiMjM2 = Sum(parts, part => part.SiteEuiMjM2),
        SourceEuiMjM2 = Sum(parts, part => part.SourceEuiMjM2),
        TotalAreaM2 = parts[0].TotalAreaM2,
        ConditionedAreaM2 = parts[0].ConditionedAreaM2,
        EndUsesGj = EndUses(parts),
        UnmetHours = new(
            Sum(parts, part => part.UnmetHours.Heating),
            Sum(parts, part => part.UnmetHours.Cooling),
            Sum(parts, part => part.UnmetHours.OccupiedHeating),
            Sum(parts, part => part.UnmetHours.OccupiedCooling)),
        Peaks = [.. parts.SelectMany(part => part.Peaks).GroupBy(peak => peak.Fuel).Select(fuel => fuel.MaxBy(peak => peak.Watts)!)],
    };

    /// <summary>What one part does not tell nobody can add.</summary>
    private static double? Sum(IReadOnlyList<EnergySummary> parts, Func<EnergySummary, double?> figure) =>
        parts.Any(part => figure(part) is null) ? null : Math.Round(parts.Sum(part => figure(part)!.Value), Digits);

    private static Dictionary<string, Dictionary<string, double>>? EndUses(IReadOnlyList<EnergySummary> parts)
    {
        if (parts.Any(part => part.EndUsesGj is null)) return null;
        var all = new Dictionary<string, Dictionary<string, double>>();
        foreach (var (use, fuels) in parts.SelectMany(part => part.EndUsesGj!))
        {
            if (!all.TryGetValue(use, out var sums)) all[use] = sums = [];
            foreach (var (fuel, energy) in fuels) sums[fuel] = Math.Round(sums.GetValueOrDefault(fuel) + energy, Digits);
        }
        return all;
    }
}
