using IdfKit.Engine;
using IdfKit.Engine.Parts.Year;
using IdfKit.Engine.Preparation;

namespace IdfKit.Runs.Parts;

/// <summary>
/// Makes the summary of a year of the daily meters of its parts. What it makes of all days that a part has simulated is compared with that
/// part's own tables: a figure that does not come out there is not given, and energy or an end use that does not is no year.
/// </summary>
/// <param name="plan">The year.</param>
/// <param name="stepsOfHour">Zone time steps in an hour.</param>
internal sealed class YearSummary(YearPlan plan, int stepsOfHour)
{
    private const double JoulesPerGigajoule = 1e9;
    private const double SecondsOfHour = 3600;
    private const int Digits = 2; // of the tables, in GJ
    private const int DigitsOfOthers = 5; // tables in other units tell 0.01 MJ, kWh or kBtu
    private const string Facility = "Facility";
    private const string SourceEnergy = "source energy", Peaks = "peaks";
    private const string Unmet = "hours in which setpoints were not met";

    // As tables print: to 0.01, and factors of source energy to three digits.
    private const double LeastDifference = 0.02, ShareOfDifference = 2e-4;

    /// <param name="reports">What the parts reported.</param>
    /// <param name="tables">Of the parts.</param>
    /// <returns>The figures that the plain run's tables would have; and the names of those that cannot be given. Null: energy does not come
    /// out as the parts' own tables have it.</returns>
    public (EnergySummary Summary, IReadOnlyList<string> Missing)? Of(
        IReadOnlyList<YearReports> reports, IReadOnlyList<EnergySummary> tables)
    {
        var all = YearFigures.Of(plan, reports);
        var summary = Of(all, tables, tables.FirstOrDefault(part => part.Peaks.Count > 0) ?? tables[0]);
        List<string> missing = [];
        for (var part = 0; part < tables.Count; part++)
        {
            var (told, made) = (tables[part], Of(YearFigures.OfSegment(plan, part, reports[part]), [], tables[part]));
            if (!AreAlike(told.SiteEnergyGj, made.SiteEnergyGj) || !AreAlike(told.EndUsesGj, made.EndUsesGj)) return null;
            if (!AreAlike(told.SourceEnergyGj, made.SourceEnergyGj)) missing.Add(SourceEnergy);
            if (!AreAlike(told.UnmetHours, made.UnmetHours)) missing.Add(Unmet);
            if (!AreAlike(told.Peaks, made.Peaks)) missing.Add(Peaks);
        }
        return (Without(summary, missing), [.. missing.Distinct()]);
    }

    private EnergySummary Of(YearFigures figures, IReadOnlyList<EnergySummary> parts, EnergySummary told)
    {
        var fuels = FuelsOf(figures).ToList();
        var site = fuels.Sum(fuel => fuel.Gigajoules);
        var source = fuels.Sum(fuel => fuel.Gigajoules * told.SourceFactors?.GetValueOrDefault(fuel.Name, double.NaN) ?? double.NaN);
        var digits = DigitsOf(told);
        double? PerArea(double? energy) => told.TotalAreaM2 is > 0 and var area ? Rounded(energy * 1e3 / area, digits) : null;
        double? Hours(double? asTold, string variable) =>
            asTold is null || !figures.UnmetHours.TryGetValue(variable, out var hours) ? null : Rounded(hours);
        return told with
        {
            SiteEnergyGj = told.SiteEnergyGj is null ? null : Rounded(site, digits),
            SourceEnergyGj = told.SourceEnergyGj is null || double.IsNaN(source) ? null : Rounded(source, digits),
            SiteEuiMjM2 = told.SiteEuiMjM2 is null ? null : PerArea(site),
            SourceEuiMjM2 = told.SourceEuiMjM2 is null || double.IsNaN(source) ? null : PerArea(source),
            EndUsesGj = told.EndUsesGj is null ? null : EndUses(figures, digits),
            UnmetHours = new(
                Hours(told.UnmetHours.Heating, YearOutputs.Unmet[0]),
                Hours(told.UnmetHours.Cooling, YearOutputs.Unmet[1]),
                Hours(told.UnmetHours.OccupiedHeating, YearOutputs.Unmet[2]),
                Hours(told.UnmetHours.OccupiedCooling, YearOutputs.Unmet[3])),
            Peaks = told.Peaks.Count == 0 ? [] : [.. PeaksOf(figures, parts).OrderBy(peak => peak.Fuel, StringComparer.Ordinal)],
        };
    }

    private static IEnumerable<(string Name, double Gigajoules)> FuelsOf(YearFigures figures) =>
        figures.Joules.Where(meter => meter.Value != 0).Select(meter => (Name: FuelOf(meter.Key), meter.Value / JoulesPerGigajoule))
            .Where(fuel => fuel.Name is not null)!;

    /// <param name="figures">Of which.</param>
    /// <param name="parts">Tables that may say when.</param>
    private IEnumerable<PeakDemand> PeaksOf(YearFigures figures, IReadOnlyList<EnergySummary> parts)
    {
        foreach (var (meter, peak) in figures.Peaks)
        {
            if (FuelOf(meter) is not { } fuel || Rounded(peak.Joules * stepsOfHour / SecondsOfHour) is not { } watts || watts <= 0)
                continue;
            yield return new(fuel, watts, PeakTime.Of(plan, fuel, watts, peak, parts));
        }
    }

    /// <summary>Null for a meter that is not of a fuel of the whole building.</summary>
    private static string? FuelOf(string meter) =>
        meter.Split(':') is [var fuel, Facility] ? MeterNames.SummaryNameOf(fuel) : null;

    private static Dictionary<string, Dictionary<string, double>> EndUses(YearFigures figures, int digits)
    {
        var uses = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        foreach (var (meter, joules) in figures.Joules)
        {
            if (MeterNames.UseOf(meter) is not var (use, fuel)) continue;
            if (Rounded(joules / JoulesPerGigajoule, digits) is not { } energy || energy == 0) continue;
            if (!uses.TryGetValue(use, out var fuels)) uses[use] = fuels = new(StringComparer.Ordinal);
            fuels[fuel] = energy;
        }
        return uses;
    }

    private static EnergySummary Without(EnergySummary summary, List<string> missing) => summary with
    {
        SourceEnergyGj = missing.Contains(SourceEnergy) ? null : summary.SourceEnergyGj,
        SourceEuiMjM2 = missing.Contains(SourceEnergy) ? null : summary.SourceEuiMjM2,
        UnmetHours = missing.Contains(Unmet) ? new(null, null, null, null) : summary.UnmetHours,
        Peaks = missing.Contains(Peaks) ? [] : summary.Peaks,
    };

    private static int DigitsOf(EnergySummary told) =>
        told.SiteEnergyGj == Rounded(told.SiteEnergyGj) ? Digits : DigitsOfOthers;

    private static double? Rounded(double? value, int digits = Digits) => value is { } number ? Math.Round(number, digits) : null;

    private static bool AreAlike(double? told, double? made) => told is null
        ? made is null
        : made is not null && Math.Abs(told.Value - made.Value) <= LeastDifference + (ShareOfDifference * Math.Abs(told.Value));

    private static bool AreAlike(UnmetHours told, UnmetHours made) =>
        AreAlike(told.Heating, made.Heating) && AreAlike(told.Cooling, made.Cooling)
        && AreAlike(told.OccupiedHeating, made.OccupiedHeating) && AreAlike(told.OccupiedCooling, made.OccupiedCooling);

    private static bool AreAlike(IReadOnlyList<PeakDemand> told, IReadOnlyList<PeakDemand> made) =>
        told.Count == made.Count && told.All(peak =>
            made.FirstOrDefault(other => other.Fuel == peak.Fuel) is { } same && AreAlike(peak.Watts, same.Watts));

    private static bool AreAlike(
        Dictionary<string, Dictionary<string, double>>? told, Dictionary<string, Dictionary<string, double>>? made) =>
        Flat(told).Concat(Flat(made)).Select(energy => (energy.Use, energy.Fuel)).Distinct()
            .All(energy => AreAlike(ValueOf(told, energy.Use, energy.Fuel), ValueOf(made, energy.Use, energy.Fuel)));

    private static IEnumerable<(string Use, string Fuel)> Flat(Dictionary<string, Dictionary<string, double>>? uses) =>
        (uses ?? []).SelectMany(use => use.Value.Keys.Select(fuel => (use.Key, fuel)));

    private static double ValueOf(Dictionary<string, Dictionary<string, double>>? uses, string use, string fuel) =>
        uses?.GetValueOrDefault(use)?.GetValueOrDefault(fuel) ?? 0;
}
