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

    /// <summary>The variable of water heaters' tanks.</summary>
    public const string Tank = "Water Heater Tank Temperature";

    /// <summary>The four variables of hours for which setpoints were not met.</summary>
    public static readonly string[] Unmet =
    [
        "Facility Heating Setpoint Not Met Time", "Facility Cooling Setpoint Not Met Time",
        "Facility Heating Setpoint Not Met While Occupied Time", "Facility Cooling Setpoint Not Met While Occupied Time",
    ];

    /// <summary>All that are asked for by day.</summary>
    public static readonly string[] OfDays = [.. Unmet, Tank];

    /// <param name="model">As EnergyPlus would get it whole.</param>
    /// <param name="version">Of the EnergyPlus that runs it.</param>
    public static IReadOnlyList<AddedObject> Missing(Model model, EnergyPlusVersion version)
    {
        var reported = new ReportedMeters(model, []);
        var meters = YearMeters.All(version).Where(name => !reported.Has(name, Daily))
            .Select(name => new AddedObject(MetersAlone, ("key_name", name), ("reporting_frequency", Daily)));
        var variables = Wanted(model).Where(wanted => !IsAsked(model, wanted.Name, wanted.Frequency)).Select(wanted => new AddedObject(
            Variable, ("key_value", Everything), ("variable_name", wanted.Name), ("reporting_frequency", wanted.Frequency)));
        return [.. meters, .. variables];
    }

    /// <summary>EnergyPlus warns of a variable that no object has.</summary>
    private static IEnumerable<(string Name, string Frequency)> Wanted(Model model)
    {
        foreach (var name in Unmet) yield return (name, Daily);
        yield return (Air, "Hourly");
        if (model.ObjectsOf("WaterHeater:Mixed").Count > 0) yield return (Tank, Daily);
    }

    /// <summary>What the comparison needs and the model reports at some hours alone; null: nothing.</summary>
    public static string? AskedBySchedule(Model model) => model.ObjectsOf(Variable)
        .Where(item => !string.IsNullOrWhiteSpace(item.Field(3, "schedule_name")))
        .Select(item => item.Field(1, "variable_name")?.Trim())
        .FirstOrDefault(name => Wanted(model).Any(wanted => wanted.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

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
