using IdfKit.Engine;

namespace IdfKit.Runs.Report;

/// <summary>Which of a run's series its page shows, and what they are called there.</summary>
internal static class ReportSeries
{
    public const string Electricity = "Electricity:Facility";

    private static readonly string[] TemperatureNames = ["Zone Mean Air Temperature", "Zone Air Temperature"];

    private static readonly Dictionary<string, string> Uses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Heating"] = "heating", ["Cooling"] = "cooling",
        ["InteriorLights"] = "interior_lighting", ["ExteriorLights"] = "exterior_lighting",
        ["InteriorEquipment"] = "interior_equipment", ["ExteriorEquipment"] = "exterior_equipment", ["Fans"] = "fans", ["Pumps"] = "pumps",
        ["HeatRejection"] = "heat_rejection", ["Humidifier"] = "humidification", ["HeatRecovery"] = "heat_recovery",
        ["WaterSystems"] = "water_systems", ["Refrigeration"] = "refrigeration", ["Cogeneration"] = "generators",
    };

    private static readonly Dictionary<string, string> Fuels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Electricity"] = "electricity", ["NaturalGas"] = "natural_gas", ["Gas"] = "natural_gas", ["Propane"] = "propane",
        ["FuelOilNo1"] = "fuel_oil_no_1", ["FuelOil#1"] = "fuel_oil_no_1",
        ["FuelOilNo2"] = "fuel_oil_no_2", ["FuelOil#2"] = "fuel_oil_no_2",
        ["Gasoline"] = "gasoline", ["Diesel"] = "diesel", ["Coal"] = "coal",
        ["OtherFuel1"] = "other_fuel_1", ["OtherFuel2"] = "other_fuel_2",
        ["DistrictCooling"] = "district_cooling", ["DistrictHeating"] = "district_heating", ["Steam"] = "steam",
        ["DistrictHeatingWater"] = "district_heating_water", ["DistrictHeatingSteam"] = "district_heating_steam",
    };

    public static bool IsMeter(ResultVariable variable) => variable.IsMeter && variable.Units == "J" && IsOften(variable)
        && (IsElectricity(variable) || UseOf(variable) is not null);

    public static bool IsElectricity(ResultVariable variable) =>
        variable.Frequency is not ResultFrequency.Monthly && variable.Name.Equals(Electricity, StringComparison.OrdinalIgnoreCase);

    public static bool IsTemperature(ResultVariable variable) => variable is { IsMeter: false, Units: "C" }
        && variable.Frequency is ResultFrequency.Hourly or ResultFrequency.Timestep
        && TemperatureNames.Contains(variable.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The end use and fuel of a meter, as a summary names them; null when it is none of an end use.</summary>
    public static (string Use, string Fuel)? UseOf(ResultVariable variable) => UseOf(variable.Name);

    /// <inheritdoc cref="UseOf(ResultVariable)"/>
    public static (string Use, string Fuel)? UseOf(string meter) =>
        meter.Split(':') is [var use, var fuel] && Uses.TryGetValue(use, out var named) && Fuels.TryGetValue(fuel, out var from)
            ? (named, from)
            : null;

    /// <summary>A fuel as summaries name it; null where it is none.</summary>
    public static string? FuelOf(string name) => Fuels.GetValueOrDefault(name);

    private static bool IsOften(ResultVariable variable) =>
        variable.Frequency is ResultFrequency.Monthly or ResultFrequency.Hourly or ResultFrequency.Timestep;
}
