using IdfKit.Runs;

namespace IdfKit.Cli.Show;

/// <summary>What many runs come to.</summary>
/// <param name="Runs">How many.</param>
/// <param name="Counts">How many ended in each way, or are under way.</param>
/// <param name="SimulateSeconds">What EnergyPlus took, one run after the other.</param>
/// <param name="Warnings">Of all.</param>
/// <param name="GbSeconds">What Lambda counts; null where no run was there.</param>
internal sealed record RunsFigures(
    int Runs, IReadOnlyDictionary<string, int> Counts, double SimulateSeconds, long Warnings, double? GbSeconds)
{
    public static RunsFigures Of(IReadOnlyList<RunRow> rows) => new(
        rows.Count,
        rows.CountBy(row => row.Status).OrderByDescending(end => end.Value).ThenBy(end => end.Key, StringComparer.Ordinal)
            .ToDictionary(end => end.Key, end => end.Value, StringComparer.Ordinal),
        rows.Sum(row => row["timings_ms_simulate"] as long? ?? 0) / 1000.0,
        rows.Sum(row => row["warnings"] as long? ?? 0),
        rows.Any(row => row["usage_gb_seconds"] is double) ? rows.Sum(row => row["usage_gb_seconds"] as double? ?? 0) : null);
}
