namespace IdfKit.Engine.Preparation;

/// <summary>
/// The components that a model's loops and zones lead to, by name. EnergyPlus does not look at others, which then have no meters.
/// </summary>
internal static class UsedComponents
{
    /// <summary>More are no building; it would take long to follow them.</summary>
    private const int Most = 200_000;

    private static readonly string[] Roots = ["AirLoopHVAC", "PlantLoop", "CondenserLoop", "ZoneHVAC:EquipmentConnections"];

    private static readonly string[] Kinds =
    [
        "AirLoopHVAC", "Branch", "PlantLoop", "CondenserLoop", "ZoneHVAC:", "AirTerminal:", "AirConditioner:", "Coil", "Fan:", "Pump:",
        "HeaderedPumps:", "Boiler:", "Chiller", "CoolingTower:", "FluidCooler:", "EvaporativeFluidCooler:", "EvaporativeCooler:",
        "District",
        "HeatPump:", "Humidifier:", "HeatExchanger:", "Dehumidifier:", "WaterHeater:", "OutdoorAir:",
    ];

    /// <summary>What names equipment instead of being named by it: terminal units' lists, and the outdoor units of those.</summary>
    private static readonly string[] Outward = ["ZoneTerminalUnitList", "AirConditioner:"];

    /// <summary>Empty where there are too many.</summary>
    public static IReadOnlySet<ModelObject> Of(Model model)
    {
        var used = new HashSet<ModelObject>();
        if (Kinds.SelectMany(model.ObjectsOfAny).Skip(Most).Any()) return used;
        var components = Kinds.SelectMany(model.ObjectsOfAny).Where(item => item.Name is not null);
        var named = components.GroupBy(item => item.Name!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => same.ToList(), StringComparer.OrdinalIgnoreCase);

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var next = new Queue<ModelObject>(Roots.SelectMany(model.ObjectsOf));
        while (next.TryDequeue(out var item))
        {
            if (!used.Add(item)) continue;
            if (item.Name is { } name) names.Add(name);
            foreach (var text in item.Texts)
                if (named.Remove(text, out var led)) led.ForEach(next.Enqueue);
        }
        foreach (var item in Outward.SelectMany(model.ObjectsOfAny).Where(item => item.Texts.Any(names.Contains)))
        {
            used.Add(item);
            if (item.Name is { } name) names.Add(name);
        }
        return used;
    }
}
