using System.Globalization;

namespace IdfKit.Engine.Results;

/// <summary>Takes a summary's figures out of EnergyPlus's tables.</summary>
internal static class SummaryTables
{
    /// <summary>The report that has a run's energy.</summary>
    public const string Annual = "AnnualBuildingUtilityPerformanceSummary";

    private const string FactorTable = "Site to Source Energy Conversion Factors";

    /// <summary>The titles of the tables that a summary is made of.</summary>
    public static IReadOnlyList<string> Titles { get; } =
        ["Site and Source Energy", "Building Area", "Time Setpoint Not Met", "Comfort and Setpoint Not Met Summary", "End Uses",
            FactorTable];

    /// <summary>The summary; null when there is none of the tables that it is made of.</summary>
    /// <param name="tables">A run's tables.</param>
    /// <param name="hasRunPeriod">False when only design days ran: energy and hours then stand as 0.00, and mean nothing.</param>
    public static EnergySummary? Read(IReadOnlyList<ReportTable> tables, bool hasRunPeriod)
    {
        var energy = tables.Find(Annual, "Site and Source Energy");
        var area = tables.Find(Annual, "Building Area");
        var unmet = tables.Find("SystemSummary", "Time Setpoint Not Met");
        var comfort = tables.Find(Annual, "Comfort and Setpoint Not Met Summary");
        if (energy is null && area is null && unmet is null) return null;
        var summary = new EnergySummary
        {
            TotalAreaM2 = Value(area, "Total Building Area", "Area", Quantity.Area),
            ConditionedAreaM2 = Value(area, "Net Conditioned Building Area", "Area", Quantity.Area),
        };
        if (!hasRunPeriod) return summary;
        summary = summary with
        {
            SiteEnergyGj = Value(energy, "Total Site Energy", "Total Energy", Quantity.Energy),
            SourceEnergyGj = Value(energy, "Total Source Energy", "Total Energy", Quantity.Energy),
            EndUsesGj = EndUses(tables.Find(Annual, "End Uses")),
            UnmetHours = new(
                Value(unmet, "Facility", "During Heating", Quantity.Time),
                Value(unmet, "Facility", "During Cooling", Quantity.Time),
                Value(unmet, "Facility", "During Occupied Heating", Quantity.Time)
                    ?? Value(comfort, "Time Setpoint Not Met During Occupied Heating", "Facility", Quantity.Time),
                Value(unmet, "Facility", "During Occupied Cooling", Quantity.Time)
                    ?? Value(comfort, "Time Setpoint Not Met During Occupied Cooling", "Facility", Quantity.Time)),
            Peaks = Peaks(tables.Find("DemandEndUseComponentsSummary", "End Uses")),
            SourceFactors = Factors(tables.Find(Annual, FactorTable)),
        };
        return summary with
        {
            SiteEuiMjM2 = Intensity(energy, "Total Site Energy", summary.SiteEnergyGj, summary.TotalAreaM2),
            SourceEuiMjM2 = Intensity(energy, "Total Source Energy", summary.SourceEnergyGj, summary.TotalAreaM2),
        };
    }

    private static double? Value(ReportTable? table, string row, string column, Func<double?, string, double?> convert) =>
        table?.Find(row, column) is var (r, c) && r >= 0 && c >= 0 ? convert(table.NumberOf(r, c), table.UnitOf(r, c)) : null;

    /// <summary>As the table has it in MJ/m²; of other units its two decimals are too few, and the totals say it better.</summary>
    private static double? Intensity(ReportTable? table, string row, double? energy, double? area)
    {
        const string Column = "Energy Per Total Building Area";
        var isMetric = table?.Find(row, Column) is var (r, c) && r >= 0 && c >= 0 && table.UnitOf(r, c) is "MJ/m2";
        return isMetric || energy is null || area is not > 0 ? Value(table, row, Column, Quantity.EnergyPerArea) : energy * 1e3 / area;
    }

    private static Dictionary<string, Dictionary<string, double>>? EndUses(ReportTable? table)
    {
        if (table is null) return null;
        var uses = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        for (var row = 0; row < table.Rows.Count; row++)
        {
            if (table.Rows[row] is "" or "Total End Uses") continue;
            var fuels = new Dictionary<string, double>(StringComparer.Ordinal);
            for (var column = 0; column < table.Columns.Count; column++)
                if (Quantity.Energy(table.NumberOf(row, column), table.UnitOf(row, column)) is { } energy and not 0)
                    fuels[SnakeCase(table.Columns[column])] = energy;
            if (fuels.Count > 0) uses[SnakeCase(table.Rows[row])] = fuels;
        }
        return uses;
    }

    private static List<PeakDemand> Peaks(ReportTable? table)
    {
        var peaks = new List<PeakDemand>();
        if (table is null) return peaks;
        for (var column = 0; column < table.Columns.Count; column++)
            if (Value(table, "Total End Uses", table.Columns[column], Quantity.Power) is > 0 and var watts)
                peaks.Add(new(SnakeCase(table.Columns[column]), watts,
                    table["Time of Peak", table.Columns[column]] is { } at && at is not ("-" or "") ? at : null));
        return peaks;
    }

    private static Dictionary<string, double>? Factors(ReportTable? table)
    {
        if (table?.Find("", "Site=>Source Conversion Factor").Column is not (>= 0 and var column)) return null;
        var factors = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var row = 0; row < table.Rows.Count; row++)
            if (table.NumberOf(row, column) is { } factor) factors.TryAdd(SnakeCase(table.Rows[row]), factor);
        return factors;
    }

    private static string SnakeCase(string name) => name.Trim().Replace(' ', '_').Replace('-', '_').ToLower(CultureInfo.InvariantCulture);
}
