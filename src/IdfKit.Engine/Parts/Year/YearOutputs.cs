using System.Buffers;

using IdfKit.Engine.Preparation;
using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// What segments report besides what the model asks for, because the figures of the year and the comparison behind seams are made of it:
/// by day the meters of end uses and of fuels and the hours for which setpoints were not met, by hour the air of zones. Meters go into the
/// file of meters alone, and only those are asked for that the model's objects have: of others EnergyPlus would warn.
/// </summary>
internal static class YearOutputs
{
    private const string MetersAlone = "Output:Meter:MeterFileOnly";
    private const string Variable = "Output:Variable";
    private const string Daily = "Daily";
    private const string Everything = "*";
    private const string OfFacility = ":Facility";

    private static readonly SearchValues<char> Patterns = SearchValues.Create("*?+.[](){}|^$\\");

    /// <summary>The variable of the zones' air.</summary>
    public const string Air = "Zone Mean Air Temperature";

    /// <summary>The four variables of hours for which setpoints were not met.</summary>
    public static readonly string[] Unmet =
    [
        "Facility Heating Setpoint Not Met Time", "Facility Cooling Setpoint Not Met Time",
        "Facility Heating Setpoint Not Met While Occupied Time", "Facility Cooling Setpoint Not Met While Occupied Time",
    ];

    /// <param name="model">As EnergyPlus would get it whole.</param>
    /// <param name="version">Of the EnergyPlus that runs it.</param>
    public static IReadOnlyList<AddedObject> Missing(Model model, EnergyPlusVersion version)
    {
        var reported = new ReportedMeters(model, []);
        var meters = ReportMeters.FuelsOf(model, version)
            .SelectMany(use => new[] { $"{use.EndUse}:{use.Fuel}", use.Fuel + OfFacility }).Distinct(StringComparer.Ordinal)
            .Where(name => !reported.Has(name, Daily))
            .Select(name => new AddedObject(MetersAlone, ("key_name", name), ("reporting_frequency", Daily)));
        var variables = Unmet.Select(name => (Name: name, Frequency: Daily)).Append((Name: Air, Frequency: "Hourly"))
            .Where(wanted => !IsAsked(model, wanted.Name, wanted.Frequency)).Select(wanted => new AddedObject(
                Variable, ("key_value", Everything), ("variable_name", wanted.Name), ("reporting_frequency", wanted.Frequency)));
        return [.. meters, .. variables];
    }

    /// <summary>Whether a meter is that of a fuel of the whole building.</summary>
    public static bool IsOfFuel(string meter) => meter.EndsWith(OfFacility, StringComparison.OrdinalIgnoreCase);

    /// <summary>What tells of a variable in a segment's files whether only the segment reports it.</summary>
    /// <param name="model">The one for which <see cref="Missing"/> was asked.</param>
    public static Func<ResultVariable, bool> AddedTo(Model model)
    {
        var reported = new ReportedMeters(model, []);
        return variable => variable switch
        {
            { IsMeter: true } => variable.Frequency is ResultFrequency.Daily && !reported.Has(variable.Name, Daily),
            { Frequency: ResultFrequency.Daily } => Unmet.Contains(variable.Name, StringComparer.OrdinalIgnoreCase)
                && !IsAsked(model, variable.Name, Daily, variable.Key),
            { Frequency: ResultFrequency.Hourly } => string.Equals(variable.Name, Air, StringComparison.OrdinalIgnoreCase)
                && !IsAsked(model, variable.Name, "Hourly", variable.Key),
            _ => false,
        };
    }

    /// <summary>Whether the model reports it of everything, or of this.</summary>
    private static bool IsAsked(
        Model model, string name, string frequency, string key = Everything) => model.ObjectsOf(Variable).Any(item =>
        IsOf(item.Field(0, "key_value")?.Trim(), key)
        && string.Equals(item.Field(1, "variable_name")?.Trim(), name, StringComparison.OrdinalIgnoreCase)
        && (FrequencyNames.Parse(item.Field(2, "reporting_frequency")) ?? ResultFrequency.Hourly) == FrequencyNames.Parse(frequency));

    /// <summary>Whether what is asked for has this key. A pattern may have it: what the model asks for is rather kept too often.</summary>
    private static bool IsOf(string? asked, string key) => string.IsNullOrEmpty(asked) || asked == Everything
        || string.Equals(asked, key, StringComparison.OrdinalIgnoreCase)
        || (key != Everything && asked.AsSpan().ContainsAny(Patterns));
}
