using IdfKit.Engine.Preparation;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// The meters of energy that any model may have (Input Output Reference 25.2, "Output:Meter"). All are asked for, since which of them a
/// model has is only known by EnergyPlus: what it says of the others is taken out of its messages.
/// </summary>
internal static class YearMeters
{
    private const string OfFacility = ":Facility";

    /// <summary>Each end use of each fuel, and each fuel of the whole building, as that version names them.</summary>
    public static IEnumerable<string> All(EnergyPlusVersion version) => new MeterNames(version).AllFuels
        .SelectMany(fuel => MeterNames.EndUses.Select(use => $"{use}:{fuel}").Append(fuel + OfFacility));

    /// <summary>Whether a meter is that of a fuel of the whole building.</summary>
    public static bool IsOfFuel(string meter) => meter.EndsWith(OfFacility, StringComparison.OrdinalIgnoreCase)
        && MeterNames.SummaryNameOf(meter[..^OfFacility.Length]) is not null; // not ElectricityNet, which may be near to nothing

    /// <summary>Whether a meter is that of one end use of a fuel of the whole building, such as <c>Heating:NaturalGas</c>.</summary>
    public static bool IsOfEndUse(string meter) => meter.Split(':') is [var use, not "EnergyTransfer"]
        && MeterNames.EndUses.Contains(use, StringComparer.OrdinalIgnoreCase);
}
