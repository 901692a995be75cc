namespace IdfKit.Engine;

/// <summary>A variable or meter that a model could report.</summary>
/// <param name="Name">Such as <c>Zone Mean Air Temperature</c> or <c>Electricity:Facility</c>.</param>
/// <param name="Key">What the file names; <c>*</c> when it names none.</param>
/// <param name="Units">Such as <c>C</c>; empty when it has none.</param>
/// <param name="IsMeter">Whether it came from the <c>.mdd</c>.</param>
/// <param name="IsSum">Whether values are summed over an interval; else they are averaged. Meters are sums.</param>
/// <param name="IsSystem">Whether it is reported at the steps of the systems ("HVAC"); else at those of the zones.</param>
public sealed record CatalogEntry(string Name, string Key, string Units, bool IsMeter, bool IsSum, bool IsSystem)
{
    /// <summary>Asks the next run for it.</summary>
    public OutputRequest ToRequest(ResultFrequency frequency = ResultFrequency.Hourly, string? key = null) =>
        new(Name, IsMeter ? "*" : key ?? Key, frequency.ToString());
}
