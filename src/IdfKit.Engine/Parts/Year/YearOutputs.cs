using System.Buffers;

using IdfKit.Engine.Preparation;
using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// What segments report besides what the model asks for, because the figures of the year and the comparison behind seams are made of it:
/// by day the meters of end uses and of fuels and the hours for which setpoints were not met, by hour the air of zones. Meters go into the
/// file of meters alone.
/// </summary>
internal static class YearOutputs
{
    public const string MetersAlone = "Output:Meter:MeterFileOnly";
    public const string Daily = "Daily";

    private const string Variable = "Output:Variable";
    private const string Everything = "*";

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
        var meters = YearMeters.All(version).Where(name => !reported.Has(name, Daily))
            .Select(name => new AddedObject(MetersAlone, ("key_name", name), ("reporting_frequency", Daily)));
        var variables = Unmet.Select(name => (Name: name, Frequency: Daily)).Append((Name: Air, Frequency: "Hourly"))
            .Where(wanted => !IsAsked(model, wanted.Name, wanted.Frequency)).Select(wanted => new AddedObject(
                Variable, ("key_value", Everything), ("variable_name", wanted.Name), ("reporting_frequency", wanted.Frequency)));
        return [.. meters, .. variables];
    }

    /// <summary>What the comparison needs and the model reports at some hours alone; null: nothing.</summary>
    public static string? AskedBySchedule(Model model) => model.ObjectsOf(Variable)
        .Where(item => !string.IsNullOrWhiteSpace(item.Field(3, "schedule_name")))
        .Select(item => item.Field(1, "variable_name")?.Trim())
        .FirstOrDefault(name => Unmet.Append(Air).Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether the model reports it of everything, or of this.</summary>
    public static bool IsAsked(
        Model model, string name, string frequency, string key = Everything) => model.ObjectsOf(Variable).Any(item =>
        IsOf(item.Field(0, "key_value")?.Trim(), key)
        && string.Equals(item.Field(1, "variable_name")?.Trim(), name, StringComparison.OrdinalIgnoreCase)
        && (FrequencyNames.Parse(item.Field(2, "reporting_frequency")) ?? ResultFrequency.Hourly) == FrequencyNames.Parse(frequency));

    /// <summary>Whether what is asked for has this key. A pattern may have it: what the model asks for is rather kept too often.</summary>
    private static bool IsOf(string? asked, string key) => string.IsNullOrEmpty(asked) || asked == Everything
        || string.Equals(asked, key, StringComparison.OrdinalIgnoreCase)
        || (key != Everything && asked.AsSpan().ContainsAny(Patterns));
}
