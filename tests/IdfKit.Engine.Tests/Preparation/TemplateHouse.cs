using TestBed;

namespace IdfKit.Engine.Tests.Preparation;

/// <summary>The example model with a place, two design days and a system that ExpandObjects makes of templates.</summary>
internal static class TemplateHouse
{
    private const string Days = """

        Site:Location, Golden, 39.74, -105.18, -7, 1829;
        SizingPeriod:DesignDay, Winter, 1, 21, WinterDesignDay, -18, 0, , , Wetbulb, -18, , , , ,
          82000, 3, 340, No, No, No, ASHRAEClearSky, , , , , 0;
        SizingPeriod:DesignDay, Summer, 7, 21, SummerDesignDay, 33, 15, , , Wetbulb, 16, , , , ,
          82000, 4, 120, No, No, No, ASHRAEClearSky, , , , , 1;
        HVACTemplate:Thermostat, All, Heating setpoint, , Cooling setpoint, ;
        Schedule:Constant, Always, Any number, 1;
        Exterior:Lights, Sign, Always, 100, ScheduleNameOnly, ;
        Exterior:FuelEquipment, Flame, NaturalGas, Always, 50;
        Exterior:FuelEquipment, Fountain, Water, Always, 0;

        """;

    private static readonly string Cold = Of("Plant:ChilledWaterLoop", 21, (0, "Cold"));

    private static readonly string ColdByTower = Cold
        + Of("Plant:Tower", 9, (0, "Tower"), (1, "SingleSpeed")) + Chiller("ElectricReciprocatingChiller", "WaterCooled");

    private static readonly string Hot = Of("Plant:HotWaterLoop", 14, (0, "Hot"));

    public static IReadOnlyDictionary<string, string> Systems { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ideal loads"] = Of("Zone:IdealLoadsAirSystem", 27, (0, "Office"), (1, "All")),
        ["electric baseboard"] = Of("Zone:BaseboardHeat", 11, (0, "Office"), (1, "All"), (3, "Electric")),
        ["water baseboard"] = Of("Zone:BaseboardHeat", 11, (0, "Office"), (1, "All"), (3, "HotWater"))
            + Hot + Boiler("HotWaterBoiler", "FuelOilNo1"),
        ["fan coil"] = Of("Zone:FanCoil", 34, (0, "Office"), (1, "All"), (14, "ChilledWater"), (17, "HotWater"))
            + ColdByTower + Hot + Boiler("HotWaterBoiler", "Propane"),
        ["district"] = Of("Zone:FanCoil", 34, (0, "Office"), (1, "All"), (14, "ChilledWater"), (17, "HotWater"))
            + Cold + Chiller("DistrictChilledWater", "") + Hot + Boiler("DistrictHotWater", ""),
        ["packaged terminal"] = Of("Zone:PTAC", 40, (0, "Office"), (1, "All"), (17, "SingleSpeedDX"), (22, "Gas")),
        ["terminal heat pump"] = Of("Zone:PTHP", 50, (0, "Office"), (1, "All"), (17, "SingleSpeedDX")),
        ["water to air"] = Of("Zone:WaterToAirHeatPump", 43, (0, "Office"), (1, "All"), (17, "Coil:Cooling:WaterToAirHeatPump:EquationFit"))
            + Of("Plant:MixedWaterLoop", 11, (0, "Mixed")) + Of("Plant:Tower", 9, (0, "Tower"), (1, "TwoSpeed"))
            + Boiler("HotWaterBoiler", "Electricity"),
        ["variable refrigerant"] = Of("Zone:VRF", 44, (0, "Office"), (1, "Sys"), (2, "All"),
            (25, "VariableRefrigerantFlowDX"), (27, "autosize"), (28, "autosize"), (29, "VariableRefrigerantFlowDX"), (31, "autosize"))
            + Of("System:VRF", 39, (0, "Sys"), (13, "LoadPriority")),
        ["furnace"] = Of("Zone:Unitary", 21, (0, "Office"), (1, "Sys"), (2, "All"))
            + Of("System:Unitary", 51, (0, "Sys"), (2, "Office"), (9, "SingleSpeedDX"), (15, "Gas"),
                (24, "NoEconomizer"), (35, "Sensible"), (40, "ElectricSteam"), (44, "Office"), (45, "30")),
        ["air heat pump"] = Of("Zone:Unitary", 21, (0, "Office"), (1, "Sys"), (2, "All"))
            + Of("System:UnitaryHeatPump:AirToAir", 61, (0, "Sys"), (2, "Office"), (12, "SingleSpeedDX"), (47, "Enthalpy")),
        ["variable volume"] = Of("Zone:VAV", 32, (0, "Office"), (1, "Sys"), (2, "All"))
            + Of("System:VAV", 61, (0, "Sys"), (8, "ChilledWater"), (12, "HotWater"))
            + Cold + Chiller("ElectricCentrifugalChiller", "AirCooled") + Hot + Boiler("HotWaterBoiler", "NaturalGas"),
        ["packaged variable volume"] = Of("Zone:VAV", 32, (0, "Office"), (1, "Sys"), (2, "All"))
            + Of("System:PackagedVAV", 59, (0, "Sys"), (9, "TwoSpeedDX"), (16, "Electric")),
        ["constant volume"] = Of("Zone:ConstantVolume", 24, (0, "Office"), (1, "Sys"), (2, "All"))
            + Of("System:ConstantVolume", 70, (0, "Sys"), (8, "ChilledWater"), (18, "Electric"))
            + ColdByTower,
        ["unitary system"] = Of("Zone:Unitary", 21, (0, "Office"), (1, "Sys"), (2, "All"))
            + Of("System:UnitarySystem", 71, (0, "Sys"), (3, "Office"), (13, "MultiSpeedDX"), (14, "2"), (16, "12.8"),
                (20, "MultiSpeedDXHeatPumpAirSource"), (21, "2"), (23, "50")),
    };

    /// <summary>The model with one of <see cref="Systems"/>.</summary>
    public static string Model(string system)
    {
        var text = File.ReadAllText(Repository.PathOf("examples", "one-zone.idf"));
        var from = text.IndexOf("ZoneControl:Thermostat", StringComparison.Ordinal);
        text = text.Remove(from, text.IndexOf("Output:Table", StringComparison.Ordinal) - from);
        foreach (var sizing in new[] { "Zone", "System", "Plant" }) text = Yes(text, $"Do {sizing} Sizing Calculation");
        return Yes(text, "Run Simulation for Sizing Periods") + Days + Systems[system];
    }

    private static string Yes(string text, string field) =>
        text.Replace("No,                      !- " + field, "Yes, !- " + field, StringComparison.Ordinal);

    private static string Chiller(string type, string condenser) =>
        Of("Plant:Chiller", 7, (0, "Chiller"), (1, type), (2, "autosize"), (3, "3.2"), (4, condenser));

    private static string Boiler(string type, string fuel) =>
        Of("Plant:Boiler", 7, (0, "Boiler"), (1, type), (2, "autosize"), (3, "0.8"), (4, fuel));

    private static string Of(string template, int fields, params (int Place, string Value)[] values)
    {
        var texts = Enumerable.Repeat("", fields).ToArray();
        foreach (var (place, value) in values) texts[place] = value;
        return $"HVACTemplate:{template}, {string.Join(",", texts)};\n";
    }
}
