using System.Globalization;

using IdfKit.Engine;
using IdfKit.Simulation;

namespace SegmentsBench;

/// <summary>A year by one process and the same in parts, compared as the criteria of the measurements have it.</summary>
internal sealed class YearPair
{
    private const string Electricity = "Electricity:Facility";
    private const string Air = "Zone Mean Air Temperature";
    private const double Printed = 0.0101; // figures have two digits

    private readonly EnergySummary _whole, _parts;
    private readonly List<ResultSeries> _months, _joinedMonths;
    private readonly List<string> _beyond = [];

    public YearPair(SimulationResult whole, SimulationResult parts)
    {
        (_whole, _parts) = (whole.Summary!, parts.Summary!);
        (_months, _joinedMonths) = (MonthsOf(whole), MonthsOf(parts));
        WorstEndUsePercent = EndUses();
        SitePercent = Figure("site energy", summary => summary.SiteEnergyGj);
        SourcePercent = Figure("source energy", summary => summary.SourceEnergyGj);
        PeakPercent = Peaks();
        UnmetHours = Unmet();
        WorstMonthPercent = Months();
        HourlyElectricityPercent = HourlyElectricity(SeriesOf(whole.Mtr, IsElectricity), SeriesOf(parts.Mtr, IsElectricity));
        ZoneAirKelvin = ZoneAir(SeriesOf(whole.Eso, IsAir), SeriesOf(parts.Eso, IsAir));
    }

    /// <summary>The end use and fuel that is furthest apart, in percent; below 0.01 % of site energy they do not count.</summary>
    public double WorstEndUsePercent { get; }

    public double SitePercent { get; }

    public double SourcePercent { get; }

    /// <summary>The largest difference of a peak, in percent.</summary>
    public double PeakPercent { get; }

    /// <summary>How many peaks are told at the same moment, of how many.</summary>
    public string PeaksAtOnce => $"{_whole.Peaks.Count(peak => PeakOf(peak.Fuel)?.At == peak.At)} of {_whole.Peaks.Count}";

    /// <summary>The largest difference of the four figures of hours for which setpoints were not met.</summary>
    public double UnmetHours { get; }

    /// <summary>The largest difference of a month of any meter, in percent of its mean month.</summary>
    public double WorstMonthPercent { get; }

    /// <summary>The root mean square of the hourly differences of the facility's electricity, in percent of the mean hour.</summary>
    public double HourlyElectricityPercent { get; }

    /// <summary>The largest difference of any zone's air in an hour.</summary>
    public double ZoneAirKelvin { get; }

    /// <summary>What is further apart than the criteria allow, or there in one of both alone.</summary>
    public IReadOnlyList<string> Beyond => _beyond;

    private double EndUses()
    {
        var (one, other) = (Flat(_whole), Flat(_parts));
        var floor = 1e-4 * one.Values.Sum();
        var worst = 0.0;
        foreach (var use in one.Keys.Union(other.Keys))
        {
            var (first, second) = (one.GetValueOrDefault(use), other.GetValueOrDefault(use));
            var percent = 100 * Math.Abs(first - second) / Math.Max(first, second);
            if (Math.Max(first, second) <= floor) continue;
            worst = Math.Max(worst, percent);
            Note($"{use.Use} {use.Fuel}", !(percent <= 0.02 || Math.Abs(first - second) <= Printed), first, second);
        }
        return worst;
    }

    private double Figure(string name, Func<EnergySummary, double?> figure)
    {
        var (one, other) = (figure(_whole), figure(_parts));
        var percent = 100 * Apart(one, other) / (one ?? 1);
        Note(name, double.IsNaN(percent) || (percent > 0.01 && Apart(one, other) > 2 * Printed), one, other);
        return percent;
    }

    private double Peaks()
    {
        var worst = 0.0;
        foreach (var peak in _whole.Peaks)
        {
            var percent = 100 * Apart(peak.Watts, PeakOf(peak.Fuel)?.Watts) / peak.Watts;
            worst = Math.Max(worst, percent);
            Note($"peak of {peak.Fuel}", !(percent <= 0.1), peak.Watts, PeakOf(peak.Fuel)?.Watts);
        }
        return worst;
    }

    private PeakDemand? PeakOf(string fuel) => _parts.Peaks.FirstOrDefault(other => other.Fuel == fuel);

    private double Unmet()
    {
        var (one, other) = (_whole.UnmetHours, _parts.UnmetHours);
        var worst = MaxOrNaN(
        [
            Apart(one.Heating, other.Heating), Apart(one.Cooling, other.Cooling),
            Apart(one.OccupiedHeating, other.OccupiedHeating), Apart(one.OccupiedCooling, other.OccupiedCooling),
        ]);
        Note("unmet hours", !(worst <= 0.5), 0, worst);
        return worst;
    }

    private double Months()
    {
        var worst = 0.0;
        if (_months.Count != _joinedMonths.Count) _beyond.Add($"{_months.Count} monthly meters, joined {_joinedMonths.Count}");
        var most = MaxOrNaN(_months.Select(series => series.Values.ToArray().Sum(Math.Abs)));
        foreach (var series in _months)
        {
            var (one, other) = (series.Values.ToArray(), ValuesOf(_joinedMonths, series.Variable));
            var mean = one.Sum(Math.Abs) / one.Length;
            if (mean * one.Length <= 1e-6 * most) continue;
            var percent = 100 * Furthest(one, other) / mean;
            worst = Math.Max(worst, percent);
            Note($"a month of {series.Variable.Name}, %", !(percent <= 0.3), 0, percent);
        }
        return worst;
    }

    private double HourlyElectricity(List<ResultSeries> whole, List<ResultSeries> parts)
    {
        if (whole.Count == 0) return double.NaN;
        var (one, other) = (whole[0].Values.ToArray(), ValuesOf(parts, whole[0].Variable));
        var squares = one.Length != other.Length ? double.NaN : one.Zip(other, (first, second) => Math.Pow(first - second, 2)).Sum();
        var percent = 100 * Math.Sqrt(squares / one.Length) / one.Average();
        Note("electricity by the hour, CV %", !(percent <= 0.5), 0, percent);
        return percent;
    }

    private double ZoneAir(List<ResultSeries> whole, List<ResultSeries> parts)
    {
        var worst = MaxOrNaN(whole.Select(zone => Furthest(zone.Values.ToArray(), ValuesOf(parts, zone.Variable))));
        Note("zone air, K", !(worst <= 0.5), 0, worst);
        return worst;
    }

    private void Note(string name, bool isBeyond, double? one, double? other)
    {
        if (isBeyond) _beyond.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {one:0.###} / {other:0.###}"));
    }

    private static List<ResultSeries> MonthsOf(SimulationResult result) =>
        SeriesOf(result.Mtr, variable => variable.Frequency is ResultFrequency.Monthly);

    private static bool IsElectricity(ResultVariable variable) =>
        variable is { IsMeter: true, Name: Electricity, Frequency: ResultFrequency.Hourly };

    private static bool IsAir(ResultVariable variable) => variable is { Name: Air, Frequency: ResultFrequency.Hourly };

    private static List<ResultSeries> SeriesOf(EsoResults? results, Func<ResultVariable, bool> isWanted) => results is null ? []
        : [.. results.AllSeries(results.Variables.Where(isWanted)).Where(series => !series.Environment.IsDesignDay)];

    private static double[] ValuesOf(List<ResultSeries> all, ResultVariable variable) => all.Find(series =>
        (series.Variable.Key, series.Variable.Name) == (variable.Key, variable.Name))?.Values.ToArray() ?? [];

    private static double Furthest(double[] one, double[] other) =>
        one.Length == other.Length ? MaxOrNaN(one.Zip(other, (first, second) => Math.Abs(first - second))) : double.NaN;

    /// <summary>0 for none; NaN where one is: the Max of sequences passes it over.</summary>
    private static double MaxOrNaN(IEnumerable<double> values) => values.Aggregate(0.0, Math.Max);

    private static double Apart(double? one, double? other) =>
        one is null && other is null ? 0 : Math.Abs((one ?? double.NaN) - (other ?? double.NaN));

    private static Dictionary<(string Use, string Fuel), double> Flat(EnergySummary summary) => (summary.EndUsesGj ?? [])
        .SelectMany(use => use.Value.Select(fuel => (Key: (use.Key, fuel.Key), fuel.Value))).ToDictionary(use => use.Key, use => use.Value);
}
