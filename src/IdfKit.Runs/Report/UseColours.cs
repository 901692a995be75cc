namespace IdfKit.Runs.Report;

/// <summary>The colours of uses and of fuels: the frequent ones have the same on every page, others take what is left.</summary>
internal static class UseColours
{
    /// <summary>Of what no colour is left for.</summary>
    public const string Rest = "c7";

    private static readonly string[] SpareOfUses = ["c8", "c9"], SpareOfFuels = ["c5", "c8", "c2", "c9", "c4"];

    /// <summary>A colour for each use, in the order given; those that have none share <see cref="Rest"/>.</summary>
    public static Dictionary<string, string> Of(IEnumerable<string> uses) => Of(uses, OfUse, SpareOfUses);

    /// <summary>A colour for each fuel, likewise.</summary>
    public static Dictionary<string, string> OfFuels(IEnumerable<string> fuels) => Of(fuels, OfFuel, SpareOfFuels);

    private static Dictionary<string, string> Of(IEnumerable<string> names, Func<string, string?> usual, string[] spare)
    {
        var colours = new Dictionary<string, string>();
        var spared = 0;
        foreach (var name in names)
            if (!colours.ContainsKey(name)) colours[name] = usual(name) ?? (spared < spare.Length ? spare[spared++] : Rest);
        return colours;
    }

    private static string? OfFuel(string fuel) => fuel switch
    {
        "electricity" => "c1",
        "natural_gas" => "c0",
        "district_cooling" => "c6",
        "district_heating" or "district_heating_water" => "c3",
        _ => null,
    };

    private static string? OfUse(string use) => use switch
    {
        "heating" => "c0",
        "cooling" => "c1",
        "interior_lighting" => "c2",
        "interior_equipment" => "c3",
        "fans" => "c4",
        "pumps" => "c5",
        "water_systems" => "c6",
        _ => null,
    };
}
