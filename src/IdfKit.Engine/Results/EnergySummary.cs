using System.Text.Json.Serialization;

using IdfKit.Engine.Results;

namespace IdfKit.Engine;

/// <summary>
/// What a run comes down to, always in GJ, kWh, MJ/m², m², hours and watts, whatever units its tables have. What the run does not report
/// is null.
/// </summary>
public sealed record EnergySummary
{
    /// <summary>Always <c>idfkit.summary/1</c>.</summary>
    [JsonPropertyName("schema")]
    public string Schema { get; init; } = "idfkit.summary/1";

    /// <summary>Total site energy, GJ.</summary>
    [JsonPropertyName("site_energy_gj")]
    public double? SiteEnergyGj { get; init; }

    /// <summary>Total source energy, GJ.</summary>
    [JsonPropertyName("source_energy_gj")]
    public double? SourceEnergyGj { get; init; }

    /// <summary>Site energy per total building area, MJ/m².</summary>
    [JsonPropertyName("site_eui_mj_m2")]
    public double? SiteEuiMjM2 { get; init; }

    /// <summary>Source energy per total building area, MJ/m².</summary>
    [JsonPropertyName("source_eui_mj_m2")]
    public double? SourceEuiMjM2 { get; init; }

    /// <summary>Total site energy, kWh.</summary>
    [JsonPropertyName("site_energy_kwh")]
    public double? SiteEnergyKwh => SiteEnergyGj is { } energy ? Math.Round(energy / Quantity.GJPerKWh, 2) : null;

    /// <summary>Site energy per total building area, kWh/m².</summary>
    [JsonPropertyName("site_eui_kwh_m2")]
    public double? SiteEuiKwhM2 => SiteEuiMjM2 is { } intensity ? Math.Round(intensity / Quantity.MJPerKWh, 2) : null;

    /// <summary>Total building area, m².</summary>
    [JsonPropertyName("total_area_m2")]
    public double? TotalAreaM2 { get; init; }

    /// <summary>Net conditioned building area, m².</summary>
    [JsonPropertyName("conditioned_area_m2")]
    public double? ConditionedAreaM2 { get; init; }

    /// <summary>
    /// Energy by end use and fuel, GJ; names in snake case (<c>interior_lighting</c>, <c>natural_gas</c>). What is zero is left out; water
    /// is not energy.
    /// </summary>
    [JsonPropertyName("end_uses_gj")]
    public Dictionary<string, Dictionary<string, double>>? EndUsesGj { get; init; }

    /// <summary>Hours in which setpoints were not met.</summary>
    [JsonPropertyName("unmet_hours")]
    public UnmetHours UnmetHours { get; init; } = new(null, null, null, null);

    /// <summary>The highest demand of each fuel that has one; empty when the run does not report demand.</summary>
    [JsonPropertyName("peaks")]
    public IReadOnlyList<PeakDemand> Peaks { get; init; } = [];

    /// <summary>The periods of the weather file that were simulated; empty when there was none, or when no file tells.</summary>
    [JsonPropertyName("periods")]
    public IReadOnlyList<SummaryPeriod> Periods { get; init; } = [];

    /// <summary>
    /// Over how many hours of the weather file the figures are: 8,760 for a year, 0 for design days alone; null when no file
    /// tells.
    /// </summary>
    [JsonPropertyName("hours_simulated")]
    public double? HoursSimulated { get; init; }

    /// <summary>
    /// Why there is no site energy, in a sentence for the modeller; null when there is, or when the run did not complete.
    /// </summary>
    [JsonPropertyName("why_empty")]
    public string? WhyEmpty { get; init; }

    /// <summary>Warnings counted; null when the run left no <c>.err</c>.</summary>
    [JsonPropertyName("warnings")]
    public long? Warnings { get; init; }

    /// <summary>Severe errors counted; null when the run left no <c>.err</c>.</summary>
    [JsonPropertyName("severe")]
    public long? Severe { get; init; }

    /// <summary>How much source energy a fuel counts for; null where the tables do not say it.</summary>
    internal IReadOnlyDictionary<string, double>? SourceFactors { get; init; }

    /// <summary>
    /// Reads a run's files on local disk: tables from <c>.sql</c>, else <c>.htm</c>, else <c>.csv</c>, and the counts from <c>.err</c>.
    /// A missing or broken file is as good as one without tables.
    /// </summary>
    /// <param name="outputDirectory">The run's folder.</param>
    /// <param name="prefix">EnergyPlus's <c>--output-prefix</c>.</param>
    /// <param name="suffix">EnergyPlus's <c>--output-suffix</c>: L, C or D.</param>
    public static EnergySummary Read(string outputDirectory, string prefix = "eplus", char suffix = 'L')
    {
        ArgumentException.ThrowIfNullOrEmpty(outputDirectory);
        return SummarySources.Read(outputDirectory, prefix, suffix);
    }
}

/// <summary>Hours, over all zones, in which a setpoint was not met.</summary>
/// <param name="Heating">While heating.</param>
/// <param name="Cooling">While cooling.</param>
/// <param name="OccupiedHeating">While heating and occupied.</param>
/// <param name="OccupiedCooling">While cooling and occupied.</param>
public sealed record UnmetHours(
    [property: JsonPropertyName("heating")] double? Heating,
    [property: JsonPropertyName("cooling")] double? Cooling,
    [property: JsonPropertyName("occupied_heating")] double? OccupiedHeating,
    [property: JsonPropertyName("occupied_cooling")] double? OccupiedCooling);

/// <summary>The highest demand of a fuel.</summary>
/// <param name="Fuel">In snake case, such as <c>natural_gas</c>.</param>
/// <param name="Watts">How high.</param>
/// <param name="At">When, as EnergyPlus writes it: <c>02-JAN-17:00</c>.</param>
public sealed record PeakDemand(
    [property: JsonPropertyName("fuel")] string Fuel,
    [property: JsonPropertyName("watts")] double Watts,
    [property: JsonPropertyName("at")] string? At);
