using IdfKit.Engine;
using IdfKit.Simulation;

namespace SegmentsBench;

/// <summary>A year by one process and the same in parts, compared as the criteria of the measurements have it.</summary>
internal sealed class YearPair(SimulationResult whole, SimulationResult parts)
{
    private const string Electricity = "Electricity:Facility";
    private const string Air = "Zone Mean Air Temperature";

    /// <summary>The end use and fuel that is furthest apart, in percent; below 0.01 % of site energy they do not count.</summary>
    public double WorstEndUsePercent
    {
        get
        {
            var (one, other) = (Flat(whole), Flat(parts));
            var floor = 1e-4 * one.Values.Sum();
            return one.Where(use => use.Value > floor)
                .Select(use => 100 * Math.Abs(use.Value - other.GetValueOrDefault(use.Key)) / use.Value).DefaultIfEmpty().Max();
        }
    }

    public double SitePercent => Percent(summary => summary.SiteEnergyGj);

    public double SourcePercent => Percent(summary => summary.SourceEnergyGj);

    /// <summary>The largest difference of the four figures of hours for which setpoints were not met.</summary>
    public double UnmetHours
    {
        get
        {
            var (one, other) = (whole.Summary!.UnmetHours, parts.Summary!.UnmetHours);
            return new[]
            {
                Apart(one.Heating, other.Heating), Apart(one.Cooling, other.Cooling),
                Apart(one.OccupiedHeating, other.OccupiedHeating), Apart(one.OccupiedCooling, other.OccupiedCooling),
            }.Max();
        }
    }

    /// <summary>The largest difference of a peak, in percent.</summary>
    public double PeakPercent => whole.Summary!.Peaks.Select(peak => 100 * Apart(
        peak.Watts, parts.Summary!.Peaks.FirstOrDefault(other => other.Fuel == peak.Fuel)?.Watts) / peak.Watts).DefaultIfEmpty().Max();

    /// <summary>The root mean square of the hourly differences of the facility's electricity, in percent of the mean hour.</summary>
    public double HourlyElectricityPercent
    {
        get
        {
            var (one, other) = (Hours(whole.Mtr), Hours(parts.Mtr));
            if (one.Length == 0 || one.Length != other.Length) return double.NaN;
            var squares = one.Zip(other, (first, second) => (first - second) * (first - second)).Sum();
            return 100 * Math.Sqrt(squares / one.Length) / one.Average();

            static double[] Hours(EsoResults? results) =>
                results?.Series(Electricity, frequency: ResultFrequency.Hourly)?.Values.ToArray() ?? [];
        }
    }

    /// <summary>The largest difference of any zone's air in an hour.</summary>
    public double ZoneAirKelvin
    {
        get
        {
            var (one, other) = (whole.Eso!, parts.Eso!);
            var zones = one.Variables.Where(variable => variable is { Name: Air, Frequency: ResultFrequency.Hourly });
            return zones.Max(zone => Furthest(
                one.Series(zone)!.Values.ToArray(), other.Series(Air, zone.Key, ResultFrequency.Hourly)!.Values.ToArray()));
        }
    }

    private static double Furthest(double[] one, double[] other) =>
        one.Length == other.Length ? one.Zip(other, (first, second) => Math.Abs(first - second)).Max() : double.NaN;

    private double Percent(Func<EnergySummary, double?> figure) =>
        100 * Apart(figure(whole.Summary!), figure(parts.Summary!)) / (figure(whole.Summary!) ?? double.NaN);

    private static double Apart(double? one, double? other) =>
        one is null && other is null ? 0 : Math.Abs((one ?? double.NaN) - (other ?? double.NaN));

    private static Dictionary<(string, string), double> Flat(SimulationResult result) => (result.Summary!.EndUsesGj ?? [])
        .SelectMany(use => use.Value.Select(fuel => (Key: (use.Key, fuel.Key), fuel.Value))).ToDictionary(use => use.Key, use => use.Value);
}
