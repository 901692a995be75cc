namespace IdfKit.Engine.Preparation;

/// <summary>How the EnergyPlus of a version names meters, and what summaries call their end uses and fuels.</summary>
internal sealed class MeterNames(EnergyPlusVersion version)
{
    private static readonly EnergyPlusVersion NaturalGas = new(9, 4), DistrictHeatingWater = new(23, 2);

    private static readonly string[] Fuels =
    [
        "Electricity", "NaturalGas", "Propane", "FuelOilNo1", "FuelOilNo2", "Diesel", "Gasoline", "Coal", "OtherFuel1", "OtherFuel2",
        "DistrictCooling", "DistrictHeating", "DistrictHeatingWater", "DistrictHeatingSteam",
    ];

    private static readonly Dictionary<string, string> Uses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Heating"] = "heating", ["Cooling"] = "cooling",
        ["InteriorLights"] = "interior_lighting", ["ExteriorLights"] = "exterior_lighting",
        ["InteriorEquipment"] = "interior_equipment", ["ExteriorEquipment"] = "exterior_equipment", ["Fans"] = "fans", ["Pumps"] = "pumps",
        ["HeatRejection"] = "heat_rejection", ["Humidifier"] = "humidification", ["HeatRecovery"] = "heat_recovery",
        ["WaterSystems"] = "water_systems", ["Refrigeration"] = "refrigeration", ["Cogeneration"] = "generators",
    };

    private static readonly Dictionary<string, string> Summarised = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Electricity"] = "electricity", ["NaturalGas"] = "natural_gas", ["Gas"] = "natural_gas", ["Propane"] = "propane",
        ["FuelOilNo1"] = "fuel_oil_no_1", ["FuelOil#1"] = "fuel_oil_no_1",
        ["FuelOilNo2"] = "fuel_oil_no_2", ["FuelOil#2"] = "fuel_oil_no_2",
        ["Gasoline"] = "gasoline", ["Diesel"] = "diesel", ["Coal"] = "coal",
        ["OtherFuel1"] = "other_fuel_1", ["OtherFuel2"] = "other_fuel_2",
        ["DistrictCooling"] = "district_cooling", ["DistrictHeating"] = "district_heating", ["Steam"] = "steam",
        ["DistrictHeatingWater"] = "district_heating_water", ["DistrictHeatingSteam"] = "district_heating_steam",
    };

    private static readonly Dictionary<string, string> Formerly = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NaturalGas"] = "Gas", ["FuelOilNo1"] = "FuelOil#1", ["FuelOilNo2"] = "FuelOil#2",
    };

    /// <summary>Every end use, as meters of energy name it.</summary>
    public static IReadOnlyCollection<string> EndUses => Uses.Keys;

    /// <summary>Every fuel, as meters name it.</summary>
    public IEnumerable<string> AllFuels => Fuels.Where(fuel => fuel is not "DistrictHeating").Select(Then);

    /// <summary>A fuel of meters of any version as summaries name it; null where it is none.</summary>
    public static string? SummaryNameOf(string fuel) => Summarised.GetValueOrDefault(fuel);

    /// <summary>The end use and fuel of a meter, as summaries name them; null when it is none of an end use.</summary>
    public static (string Use, string Fuel)? UseOf(string meter) =>
        meter.Split(':') is [var use, var fuel] && Uses.TryGetValue(use, out var named) && Summarised.TryGetValue(fuel, out var from)
            ? (named, from)
            : null;

    /// <summary>A fuel as meters name it; null where it is none that has meters, such as water.</summary>
    /// <param name="fuel">As a model says it.</param>
    public string? OfFuel(string fuel)
    {
        var known = Fuels.FirstOrDefault(name => name.Equals(Today(fuel), StringComparison.OrdinalIgnoreCase));
        return known is null ? null : Then(known);
    }

    private static string Today(string fuel) => fuel.ToUpperInvariant() switch
    {
        "ELECTRIC" => "Electricity",
        "GAS" => "NaturalGas",
        "PROPANEGAS" => "Propane",
        "FUELOIL#1" => "FuelOilNo1",
        "FUELOIL#2" => "FuelOilNo2",
        _ => fuel,
    };

    private string Then(string fuel) => fuel switch
    {
        "DistrictHeatingWater" when version < DistrictHeatingWater => "DistrictHeating",
        "DistrictHeatingSteam" when version < DistrictHeatingWater => "Steam",
        _ when version < NaturalGas => Formerly.GetValueOrDefault(fuel, fuel),
        _ => fuel,
    };
}
