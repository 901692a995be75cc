namespace IdfKit.Engine.Results;

/// <summary>
/// Brings a table's value to the summary's unit. For inch-pound units the factors are those by which EnergyPlus 25.2 itself converts
/// (they differ from the exact ones in the fourth digit), so that the value is the one it started from.
/// </summary>
internal static class Quantity
{
    /// <summary>A kilowatt hour in GJ.</summary>
    public const double GJPerKWh = 3.6e-3;

    /// <summary>A kilowatt hour in MJ.</summary>
    public const double MJPerKWh = 3.6;

    private const double KBtuPerGJ = 948.45;
    private const double SquareFeetPerSquareMetre = 10.764961;

    public static double? Energy(double? value, string unit) => value * unit switch
    {
        "GJ" => 1,
        "MJ" => 1e-3,
        "J" => 1e-9,
        "kWh" => GJPerKWh,
        "Wh" => 3.6e-6,
        "kBtu" => 1 / KBtuPerGJ,
        "MMBtu" => 1e3 / KBtuPerGJ,
        "therm" => 1e2 / KBtuPerGJ,
        _ => null,
    };

    public static double? EnergyPerArea(double? value, string unit) => value * unit switch
    {
        "MJ/m2" => 1,
        "GJ/m2" => 1e3,
        "J/m2" => 1e-6,
        "kWh/m2" => MJPerKWh,
        "kBtu/ft2" => 1e3 / KBtuPerGJ * SquareFeetPerSquareMetre,
        "kWh/ft2" => 3.6 * SquareFeetPerSquareMetre,
        _ => null,
    };

    public static double? Area(double? value, string unit) => value * unit switch
    {
        "m2" => 1,
        "ft2" => 1 / SquareFeetPerSquareMetre,
        _ => null,
    };

    public static double? Power(double? value, string unit) => value * unit switch
    {
        "W" => 1,
        "kW" => 1e3,
        "kBtuh" or "kBtu/h" => 1e9 / (KBtuPerGJ * 3600),
        "Btu/h" => 1e6 / (KBtuPerGJ * 3600),
        _ => null,
    };

    public static double? Time(double? value, string unit) => value * unit switch
    {
        "hr" or "Hours" or "hours" or "h" => 1,
        _ => null,
    };
}
