namespace IdfKit.Engine.Preparation;

/// <summary>A class of EnergyPlus of which every object in use has a meter of an end use.</summary>
/// <param name="ClassName">The class.</param>
/// <param name="EndUse">As EnergyPlus names it in meters.</param>
/// <param name="Fuel">The fuel where the class has one; where a field says it, that of a blank field; null: a blank field has none.</param>
internal sealed record MeteredClass(string ClassName, string EndUse, string? Fuel)
{
    private static readonly EnergyPlusVersion AuxiliariesAlways = new(25, 2);

    /// <summary>The place in IDF of the field that says the fuel; -1 where none does.</summary>
    public int Field { get; private init; } = -1;

    /// <summary>The field's key in epJSON.</summary>
    public string Key { get; private init; } = "";

    /// <summary>Whether it counts by being there. What belongs to a loop or a zone's equipment counts where that uses it.</summary>
    public bool StandsAlone { get; private init; }

    /// <summary>The first version that is known to do so.</summary>
    public EnergyPlusVersion Since { get; private init; }

    /// <summary>
    /// Those whose meters EnergyPlus 25.2 sets up as soon as it reads such an object. A class that is missing here costs the page a
    /// use; one too many costs the modeller a warning.
    /// </summary>
    public static IReadOnlyList<MeteredClass> All { get; } =
    [
        Alone("Lights", "InteriorLights", "Electricity"),
        Alone("Exterior:Lights", "ExteriorLights", "Electricity"),
        Alone("ElectricEquipment", "InteriorEquipment", "Electricity"),
        Alone("GasEquipment", "InteriorEquipment", "NaturalGas"),
        Alone("HotWaterEquipment", "InteriorEquipment", "DistrictHeatingWater"),
        Alone("SteamEquipment", "InteriorEquipment", "DistrictHeatingSteam"),
        Alone("OtherEquipment", "InteriorEquipment", null).By(1, "fuel_type"),
        Alone("Exterior:FuelEquipment", "ExteriorEquipment", null).By(1, "fuel_use_type"),
        Alone("Refrigeration:Case", "Refrigeration", "Electricity"),
        Alone("Refrigeration:WalkIn", "Refrigeration", "Electricity"),
        Alone("WaterHeater:Mixed", "WaterSystems", null).By(10, "heater_fuel_type"),
        Alone("WaterHeater:Stratified", "WaterSystems", null).By(16, "heater_fuel_type"),

        new("Fan:SystemModel", "Fans", "Electricity"),
        new("Fan:ConstantVolume", "Fans", "Electricity"),
        new("Fan:VariableVolume", "Fans", "Electricity"),
        new("Fan:OnOff", "Fans", "Electricity"),
        new("Fan:ZoneExhaust", "Fans", "Electricity"),
        new("Fan:ComponentModel", "Fans", "Electricity"),
        new("Pump:ConstantSpeed", "Pumps", "Electricity"),
        new("Pump:VariableSpeed", "Pumps", "Electricity"),
        new("HeaderedPumps:ConstantSpeed", "Pumps", "Electricity"),
        new("HeaderedPumps:VariableSpeed", "Pumps", "Electricity"),

        new("Coil:Heating:Electric", "Heating", "Electricity"),
        new("Coil:Heating:Gas", "Heating", "NaturalGas"),
        new MeteredClass("Coil:Heating:Fuel", "Heating", "NaturalGas").By(2, "fuel_type"),
        new("Coil:Heating:Fuel", "Heating", "Electricity") { Since = AuxiliariesAlways },
        new("Coil:Heating:DX:SingleSpeed", "Heating", "Electricity"),
        new("Coil:Heating:DX:VariableSpeed", "Heating", "Electricity"),
        new MeteredClass("Coil:Heating:DX:MultiSpeed", "Heating", null).By(16, "fuel_type"),
        new MeteredClass("AirConditioner:VariableRefrigerantFlow", "Heating", "Electricity").By(66, "fuel_type"),
        new("Coil:Heating:WaterToAirHeatPump:EquationFit", "Heating", "Electricity"),
        new MeteredClass("Boiler:HotWater", "Heating", null).By(1, "fuel_type"),
        new("Boiler:HotWater", "Heating", "Electricity") { Since = AuxiliariesAlways },
        new MeteredClass("Boiler:Steam", "Heating", null).By(1, "fuel_type"),
        new("HeatPump:PlantLoop:EIR:Heating", "Heating", "Electricity"),
        new("HeatPump:WaterToWater:EquationFit:Heating", "Heating", "Electricity"),
        new("DistrictHeating", "Heating", "DistrictHeating"),
        new("DistrictHeating:Water", "Heating", "DistrictHeatingWater"),
        new("DistrictHeating:Steam", "Heating", "DistrictHeatingSteam"),
        new("ZoneHVAC:Baseboard:Convective:Electric", "Heating", "Electricity"),
        new("ZoneHVAC:Baseboard:RadiantConvective:Electric", "Heating", "Electricity"),
        new("ZoneHVAC:LowTemperatureRadiant:Electric", "Heating", "Electricity"),
        new MeteredClass("ZoneHVAC:HighTemperatureRadiant", "Heating", null).By(7, "fuel_type"),
        new MeteredClass("ZoneHVAC:IdealLoadsAirSystem", "Heating", "DistrictHeatingWater").By(29, "heating_fuel_type"),
        new MeteredClass("ZoneHVAC:IdealLoadsAirSystem", "Cooling", "DistrictCooling").By(31, "cooling_fuel_type"),

        new("Coil:Cooling:DX:SingleSpeed", "Cooling", "Electricity"),
        new("Coil:Cooling:DX:TwoSpeed", "Cooling", "Electricity"),
        new("Coil:Cooling:DX:VariableSpeed", "Cooling", "Electricity"),
        new("Coil:Cooling:DX:TwoStageWithHumidityControlMode", "Cooling", "Electricity"),
        new MeteredClass("Coil:Cooling:DX:MultiSpeed", "Cooling", null).By(17, "fuel_type"),
        new MeteredClass("AirConditioner:VariableRefrigerantFlow", "Cooling", "Electricity").By(66, "fuel_type"),
        new("Coil:Cooling:WaterToAirHeatPump:EquationFit", "Cooling", "Electricity"),
        new("Chiller:Electric", "Cooling", "Electricity"),
        new("Chiller:Electric:EIR", "Cooling", "Electricity"),
        new("Chiller:Electric:ReformulatedEIR", "Cooling", "Electricity"),
        new("Chiller:ConstantCOP", "Cooling", "Electricity"),
        new("HeatPump:PlantLoop:EIR:Cooling", "Cooling", "Electricity"),
        new("HeatPump:WaterToWater:EquationFit:Cooling", "Cooling", "Electricity"),
        new("EvaporativeCooler:Direct:ResearchSpecial", "Cooling", "Electricity"),
        new("EvaporativeCooler:Indirect:ResearchSpecial", "Cooling", "Electricity"),
        new("DistrictCooling", "Cooling", "DistrictCooling"),
        new("CoolingTower:SingleSpeed", "HeatRejection", "Electricity"),
        new("CoolingTower:TwoSpeed", "HeatRejection", "Electricity"),
        new("CoolingTower:VariableSpeed", "HeatRejection", "Electricity"),
        new("FluidCooler:SingleSpeed", "HeatRejection", "Electricity"),
        new("FluidCooler:TwoSpeed", "HeatRejection", "Electricity"),
        new("EvaporativeFluidCooler:SingleSpeed", "HeatRejection", "Electricity"),
        new("EvaporativeFluidCooler:TwoSpeed", "HeatRejection", "Electricity"),
        new("Humidifier:Steam:Electric", "Humidifier", "Electricity"),
        new("HeatExchanger:AirToAir:SensibleAndLatent", "HeatRecovery", "Electricity"),
        new("HeatExchanger:AirToAir:FlatPlate", "HeatRecovery", "Electricity"),
    ];

    /// <summary>The fuel of an object, as its field or the class says; null when it has none.</summary>
    public string? FuelOf(ModelObject item) => (Field < 0 ? null : item.Field(Field, Key)) ?? Fuel;

    private static MeteredClass Alone(string className, string endUse, string? fuel) => new(className, endUse, fuel) { StandsAlone = true };

    private MeteredClass By(int field, string key) => this with { Field = field, Key = key };
}
