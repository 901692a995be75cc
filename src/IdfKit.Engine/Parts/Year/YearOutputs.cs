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
        var variables = Unmet.Select(name => (Name: name, Frequency: Daily)).Append((Air, "Hourly"))
            .Where(wanted => !IsAsked(model, wanted.Name, wanted.Frequency)).Select(wanted => new AddedObject(
                Variable, ("key_value", "*"), ("variable_name", wanted.Name), ("reporting_frequency", wanted.Frequency)));
        return [.. meters, .. variables];
    }

    private static bool IsAsked(Model model, string name, string frequency) => model.ObjectsOf(Variable).Any(item =>
        (item.Field(0, "key_value")?.Trim() ?? "*") == "*"
        && string.Equals(item.Field(1, "variable_name")?.Trim(), name, StringComparison.OrdinalIgnoreCase)
        && FrequencyNames.Parse(item.Field(2, "reporting_frequency") ?? "Hourly") == FrequencyNames.Parse(frequency));
}
