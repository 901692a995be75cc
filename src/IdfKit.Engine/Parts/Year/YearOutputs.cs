using IdfKit.Engine.Preparation;
using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// What segments report by day besides what the model asks for: its meters, because figures of the year and the comparison behind seams
/// are made of them, and the hours for which setpoints were not met. Meters go into the file of meters alone.
/// </summary>
internal static class YearOutputs
{
    private const string MetersAlone = "Output:Meter:MeterFileOnly";
    private const string Variable = "Output:Variable";
    private const string Daily = "Daily";
    private const string Air = "Zone Mean Air Temperature";

    private static readonly string[] Meters = ["Output:Meter", MetersAlone];

    /// <summary>The four variables of hours for which setpoints were not met.</summary>
    public static readonly string[] Unmet =
    [
        "Facility Heating Setpoint Not Met Time", "Facility Cooling Setpoint Not Met Time",
        "Facility Heating Setpoint Not Met While Occupied Time", "Facility Cooling Setpoint Not Met While Occupied Time",
    ];

    /// <param name="model">As EnergyPlus would get it whole, with the meters that the page of a run needs.</param>
    public static IReadOnlyList<AddedObject> Missing(Model model)
    {
        var reported = new ReportedMeters(model, []);
        var meters = Meters.SelectMany(model.ObjectsOf).Select(meter => meter.Field(0, "key_name")?.Trim()).OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase).Where(name => !reported.Has(name, Daily))
            .Select(name => new AddedObject(MetersAlone, ("key_name", name), ("reporting_frequency", Daily)));
        var variables = Unmet.Select(name => (Name: name, Frequency: Daily)).Append((Name: Air, Frequency: "Hourly"))
            .Where(wanted => !IsAsked(model, wanted.Name, wanted.Frequency)).Select(wanted => new AddedObject(
                Variable, ("key_value", "*"), ("variable_name", wanted.Name), ("reporting_frequency", wanted.Frequency)));
        return [.. meters, .. variables];
    }

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
    private static bool IsAsked(Model model, string name, string frequency, string key = "*") => model.ObjectsOf(Variable).Any(item =>
        (item.Field(0, "key_value")?.Trim() ?? "*") is var asked
        && (asked == "*" || string.Equals(asked, key, StringComparison.OrdinalIgnoreCase))
        && string.Equals(item.Field(1, "variable_name")?.Trim(), name, StringComparison.OrdinalIgnoreCase)
        && FrequencyNames.Parse(item.Field(2, "reporting_frequency") ?? "Hourly") == FrequencyNames.Parse(frequency));
}
