namespace IdfKit.Engine.Parts.Year;

/// <summary>What a segment reported, from its first simulated day on.</summary>
/// <param name="Meters">By name: a value a day.</param>
/// <param name="ZoneAir">By zone: 24 values a day, °C.</param>
internal sealed record YearReports(IReadOnlyDictionary<string, double[]> Meters, IReadOnlyDictionary<string, double[]> ZoneAir)
{
    /// <summary>Reads them out of an <c>.eso</c> and a <c>.mtr</c>; sizing periods are left out.</summary>
    public static YearReports Of(EsoResults variables, EsoResults meters) => new(
        All(meters, variable => variable is { IsMeter: true, Frequency: ResultFrequency.Daily }, variable => variable.Name),
        All(variables, IsAir, variable => variable.Key));

    /// <summary>The sum of each meter over the days that count.</summary>
    public static IReadOnlyDictionary<string, double> Sums(YearPlan plan, IReadOnlyList<YearReports> reports)
    {
        var sums = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (var (segment, report) in plan.Segments.Zip(reports))
            foreach (var (name, days) in report.Meters)
                sums[name] = sums.GetValueOrDefault(name) + days.Skip(segment.LeadIn).Take(segment.KeptLast - segment.KeptFirst + 1).Sum();
        return sums;
    }

    private static bool IsAir(ResultVariable variable) => variable.Frequency is ResultFrequency.Hourly
        && string.Equals(variable.Name, "Zone Mean Air Temperature", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, double[]> All(
        EsoResults results, Func<ResultVariable, bool> isWanted, Func<ResultVariable, string> nameOf)
    {
        var all = new Dictionary<string, double[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var series in results.AllSeries(results.Variables.Where(isWanted)))
            if (!series.Environment.IsDesignDay) all[nameOf(series.Variable)] = series.Values.ToArray();
        return all;
    }
}
