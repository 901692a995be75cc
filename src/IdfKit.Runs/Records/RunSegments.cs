using System.Text.Json.Serialization;

using IdfKit.Engine.Parts;
using IdfKit.Engine.Parts.Year;

namespace IdfKit.Runs;

/// <summary>The segments in which a model was simulated side by side, and whose results were joined.</summary>
/// <param name="Kind">What a segment is: <c>periods</c>, a run period each, or <c>year</c>, a stretch of one.</param>
/// <param name="Count">How many.</param>
/// <param name="Names">The run periods in their order; of a year the days of each part that count.</param>
/// <param name="NotProduced">
/// What one process would have left, and the join does not make: files, and reports among the tables of the database.
/// </param>
/// <param name="Tables">The tables of each run period, which stand in their place.</param>
public sealed record RunSegments(
    string Kind, int Count, IReadOnlyList<string> Names, IReadOnlyList<string> NotProduced, IReadOnlyList<string> Tables)
{
    /// <summary>How the run was divided and joined; another form may give other figures. Null: by an early version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Form { get; init; }

    /// <summary>Of a year: for how many days EnergyPlus takes one position of the sun; parts begin and end there. Else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ShadingPeriodDays { get; init; }

    /// <summary>Of a year: how many days all parts have simulated, those that are simulated twice among them. Else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SimulatedDays { get; init; }

    /// <summary>Of a year: what all parts have taken of processors, in seconds. Else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CpuSeconds { get; init; }

    /// <summary>Of a year: where parts meet, and how far they are apart there. Else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunSeam>? Seams { get; init; }

    /// <summary>
    /// Of a year: series that the model reports, and of which parts have other values where they meet; the rest of the year may differ in
    /// them. Temperatures, humidity, contaminants and comfort are looked at. Null: none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Apart { get; init; }

    /// <summary>Whether who asks for so much side by side now would get such segments, or none.</summary>
    internal bool AreOf(Parallelism parallel) =>
        Kind == ParallelismNames.NameOf(parallel) && Form == (parallel is Parallelism.Year ? YearPlanner.Form : PeriodPlanner.Form);
}

/// <summary>Where two parts of a year meet. Both have simulated some days behind it, and are compared there.</summary>
/// <param name="Date">Its day, such as <c>07-01</c>.</param>
/// <param name="LeadInDays">How many days the later part had simulated before it.</param>
/// <param name="ComparedDays">How many days are compared.</param>
/// <param name="WorstMeter">The meter of a fuel or of an end use that is furthest apart.</param>
/// <param name="WorstMeterPercentOfYear">
/// In percent of its sum of the year: the sum of its daily differences (of an end use with their signs) or, where that is more, what they
/// would come to by the later part's end, if each day's were that of the last week that is compared, without its largest day.
/// </param>
/// <param name="ZoneAirMaxK">The largest difference of a zone's air in an hour, K.</param>
public sealed record RunSeam(
    string Date, int LeadInDays, int ComparedDays, string WorstMeter, double WorstMeterPercentOfYear, double ZoneAirMaxK)
{
    /// <summary>The largest difference of a water heater's tank, on the average of the days, K; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TankMaxK { get; init; }
}
