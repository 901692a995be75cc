using IdfKit.Engine;
using IdfKit.Runs;

namespace IdfKit.Cli.Compare;

/// <summary>A figure of two runs.</summary>
/// <param name="Name">In snake case, as the table of runs calls it.</param>
/// <param name="Unit">Of both.</param>
/// <param name="A">Of the first; null: it has none.</param>
/// <param name="B">Of the second.</param>
internal sealed record Figure(string Name, string Unit, double? A, double? B)
{
    /// <summary>Second less first.</summary>
    public double? Difference => B - A;

    /// <summary>Of the first; null where that is nothing or zero.</summary>
    public double? Percent => A is { } from && from != 0 ? 100 * (B - from) / Math.Abs(from) : null;

    /// <summary>All that either has.</summary>
    public static IReadOnlyList<Figure> Of(RunRecord a, RunRecord b)
    {
        var (left, right) = (a.Summary ?? new EnergySummary(), b.Summary ?? new EnergySummary());
        var figures = new List<Figure>
        {
            new("site_energy_kwh", "kWh", left.SiteEnergyKwh, right.SiteEnergyKwh),
            new("site_eui_kwh_m2", "kWh/m²", left.SiteEuiKwhM2, right.SiteEuiKwhM2),
            new("source_energy_gj", "GJ", left.SourceEnergyGj, right.SourceEnergyGj),
            new("total_area_m2", "m²", left.TotalAreaM2, right.TotalAreaM2),
            new("conditioned_area_m2", "m²", left.ConditionedAreaM2, right.ConditionedAreaM2),
            new("unmet_hours_heating", "h", left.UnmetHours?.Heating, right.UnmetHours?.Heating),
            new("unmet_hours_cooling", "h", left.UnmetHours?.Cooling, right.UnmetHours?.Cooling),
            new("hours_simulated", "h", left.HoursSimulated, right.HoursSimulated),
        };
        figures.AddRange(Uses(left, right));
        figures.AddRange(Peaks(left, right));
        figures.Add(new("warnings", "", a.Diagnostics?.Warnings, b.Diagnostics?.Warnings));
        figures.Add(new("severe", "", a.Diagnostics?.Severe, b.Diagnostics?.Severe));
        figures.Add(new("simulate_seconds", "s", a.TimingsMs.Simulate / 1000.0, b.TimingsMs.Simulate / 1000.0));
        return [.. figures.Where(figure => figure.A is not null || figure.B is not null)];
    }

    private static IEnumerable<Figure> Uses(EnergySummary left, EnergySummary right) =>
        from use in Keys(left.EndUsesGj, right.EndUsesGj)
        from fuel in Keys(left.EndUsesGj?.GetValueOrDefault(use), right.EndUsesGj?.GetValueOrDefault(use))
        let a = left.EndUsesGj?.GetValueOrDefault(use)?.GetValueOrDefault(fuel)
        let b = right.EndUsesGj?.GetValueOrDefault(use)?.GetValueOrDefault(fuel)
        select new Figure($"{use}_{fuel}", "GJ", left.EndUsesGj is null ? null : a ?? 0, right.EndUsesGj is null ? null : b ?? 0);

    private static IEnumerable<Figure> Peaks(EnergySummary left, EnergySummary right) =>
        from fuel in left.Peaks.Concat(right.Peaks).Select(peak => peak.Fuel).Distinct()
        select new Figure($"peak_{fuel}", "W", WattsOf(left, fuel), WattsOf(right, fuel));

    private static double? WattsOf(EnergySummary summary, string fuel) => summary.Peaks.FirstOrDefault(peak => peak.Fuel == fuel)?.Watts;

    private static IEnumerable<string> Keys<T>(Dictionary<string, T>? left, Dictionary<string, T>? right) =>
        (left?.Keys ?? Enumerable.Empty<string>()).Concat(right?.Keys ?? Enumerable.Empty<string>()).Distinct();
}
