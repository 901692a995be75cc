using IdfKit.Engine;

namespace IdfKit.Runs.Records;

/// <summary>The names of the files of series, one for each frequency: <c>timeseries.hourly.parquet</c>.</summary>
internal static class SeriesFiles
{
    private static readonly (ResultFrequency Frequency, string Name, string Label)[] Known =
    [
        (ResultFrequency.Detailed, "detailed", "Each Call"),
        (ResultFrequency.Timestep, "timestep", "TimeStep"),
        (ResultFrequency.Hourly, "hourly", "Hourly"),
        (ResultFrequency.Daily, "daily", "Daily"),
        (ResultFrequency.Monthly, "monthly", "Monthly"),
        (ResultFrequency.RunPeriod, "run_period", "RunPeriod"),
        (ResultFrequency.Annual, "annual", "Annual"),
    ];

    /// <summary>Every name that one can have.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(known => FileOf(known.Name))];

    public static IEnumerable<ResultFrequency> Frequencies => Known.Select(known => known.Frequency);

    public static string FileOf(ResultFrequency frequency) => FileOf(Of(frequency).Name);

    /// <summary>As the file's own metadata says it: <c>run_period</c>.</summary>
    public static string NameOf(ResultFrequency frequency) => Of(frequency).Name;

    /// <summary>As EnergyPlus's CSV heads a column: <c>CORE_ZN:Zone Mean Air Temperature [C](Hourly)</c>.</summary>
    public static string ColumnOf(ResultVariable variable) =>
        $"{(variable.IsMeter ? "" : variable.Key + ":")}{variable.Name} [{variable.Units}]({Of(variable.Frequency).Label})";

    private static (ResultFrequency Frequency, string Name, string Label) Of(ResultFrequency frequency) =>
        Array.Find(Known, known => known.Frequency == frequency);

    private static string FileOf(string name) => $"timeseries.{name}.parquet";
}
