namespace IdfKit.Engine.Preparation;

/// <summary>
/// The meters that the page of a run is drawn from: each end use by month, and the facility's electricity by hour. They go into the file of
/// meters alone, so that the file of variables stays the plain program's. Only what the model's objects have meters for is asked for, and
/// not what it reports itself: of anything else EnergyPlus warns.
/// </summary>
internal static class ReportMeters
{
    private const string ClassName = "Output:Meter:MeterFileOnly";
    private const string Electricity = "Electricity";
    private const string Facility = "Electricity:Facility";

    /// <param name="model">As EnergyPlus gets it, expanded.</param>
    /// <param name="version">Of the EnergyPlus that will run it.</param>
    /// <param name="meters">What is asked for besides.</param>
    public static IReadOnlyList<AddedObject> Missing(Model model, EnergyPlusVersion version, IReadOnlyList<OutputRequest> meters)
    {
        var reported = new ReportedMeters(model, meters);
        var fuels = FuelsOf(model, version);
        var months = fuels.Select(use => $"{use.EndUse}:{use.Fuel}").Distinct(StringComparer.Ordinal)
            .Where(name => !reported.Has(name, "Monthly")).Select(name => Meter(name, "Monthly"));
        var hasHours = fuels.Any(use => use.Fuel == Electricity) && !reported.Has(Facility, "Hourly");
        return hasHours ? [.. months, Meter(Facility, "Hourly")] : [.. months];
    }

    /// <summary>What the model's objects have meters for: the end use and the fuel, as the meters of that version name them.</summary>
    public static IReadOnlyList<(string EndUse, string Fuel)> FuelsOf(Model model, EnergyPlusVersion version)
    {
        var names = new MeterNames(version);
        return [.. UsesOf(model, version).Select(use => (use.EndUse, Fuel: names.OfFuel(use.Fuel)!)).Where(use => use.Fuel is not null)];
    }

    private static HashSet<(string EndUse, string Fuel)> UsesOf(Model model, EnergyPlusVersion version)
    {
        var uses = new HashSet<(string EndUse, string Fuel)>();
        var used = UsedComponents.Of(model);
        foreach (var metered in MeteredClass.All.Where(metered => metered.Since <= version))
            foreach (var item in model.ObjectsOf(metered.ClassName))
            {
                if ((metered.StandsAlone || used.Contains(item)) && metered.FuelOf(item) is { } fuel) uses.Add((metered.EndUse, fuel));
                if (metered.Field < 0 && uses.Contains((metered.EndUse, metered.Fuel!))) break; // the others add nothing
            }
        return uses;
    }

    private static AddedObject Meter(string name, string frequency) =>
        new(ClassName, ("key_name", name), ("reporting_frequency", frequency));
}
