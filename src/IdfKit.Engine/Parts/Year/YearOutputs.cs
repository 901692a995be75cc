using IdfKit.Engine.Preparation;

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
        var asked = new AskedVariables(model);
        var variables = Wanted(model).Where(wanted => !asked.Has(wanted.Name, wanted.Frequency)).Select(wanted => new AddedObject(
            Variable, ("key_value", "*"), ("variable_name", wanted.Name), ("reporting_frequency", wanted.Frequency.ToString())));
        return [.. meters, .. variables];
    }

    /// <summary>EnergyPlus warns of a variable that no object has.</summary>
    private static IEnumerable<(string Name, ResultFrequency Frequency)> Wanted(Model model)
    {
        foreach (var name in Unmet) yield return (name, ResultFrequency.Daily);
        yield return (Air, ResultFrequency.Hourly);
        if (model.ObjectsOf("WaterHeater:Mixed").Count > 0) yield return (Tank, ResultFrequency.Daily);
    }

    /// <summary>What the comparison needs and the model reports at some hours alone; null: nothing.</summary>
    public static string? AskedBySchedule(Model model)
    {
        var asked = new AskedVariables(model);
        return Wanted(model).Select(wanted => wanted.Name).FirstOrDefault(asked.HasBySchedule);
    }
}
