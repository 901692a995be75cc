namespace IdfKit.Engine.Preparation;

/// <summary>How the EnergyPlus of a version names meters.</summary>
internal sealed class MeterNames(EnergyPlusVersion version)
{
    private static readonly EnergyPlusVersion NaturalGas = new(9, 4), DistrictHeatingWater = new(23, 2);

    private static readonly string[] Fuels =
    [
        "Electricity", "NaturalGas", "Propane", "FuelOilNo1", "FuelOilNo2", "Diesel", "Gasoline", "Coal", "OtherFuel1", "OtherFuel2",
        "DistrictCooling", "DistrictHeating", "DistrictHeatingWater", "DistrictHeatingSteam",
    ];

    private static readonly Dictionary<string, string> Formerly = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NaturalGas"] = "Gas", ["FuelOilNo1"] = "FuelOil#1", ["FuelOilNo2"] = "FuelOil#2",
    };

    /// <summary>Every fuel, as meters name it.</summary>
    public IEnumerable<string> AllFuels => Fuels.Where(fuel => fuel is not "DistrictHeating").Select(Then);

    /// <summary>Whether meters of any version name a fuel so.</summary>
    public static bool IsFuel(string name) =>
        Fuels.Concat(Formerly.Values).Append("Steam").Contains(name, StringComparer.OrdinalIgnoreCase);

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
