using System.Text.Json.Serialization;

using IdfKit.Runs;

namespace IdfKit.Cli.Show;

/// <summary>Many runs as JSON.</summary>
/// <param name="Place">What was named.</param>
/// <param name="Totals">What they come to.</param>
/// <param name="Failures">Why some did not complete, by cause.</param>
/// <param name="Runs">Each of them.</param>
internal sealed record RunsAsJson(
    string Place, RunsFigures Totals, IReadOnlyList<RunFailure> Failures, IReadOnlyList<RunAsJson> Runs)
{
    public string Schema { get; init; } = "idfkit.show/1";
}

/// <summary>One of many runs.</summary>
/// <param name="Folder">Relative to the place.</param>
/// <param name="Model">Its key or path.</param>
/// <param name="Status">As its record says.</param>
/// <param name="Reason">Of what did not complete.</param>
/// <param name="Message">One sentence; null: nothing is to be said.</param>
internal sealed record RunAsJson(string Folder, string? Model, string Status, string? Reason, string? Message)
{
    public double? SiteEnergyKwh { get; init; }

    public double? SiteEuiKwhM2 { get; init; }

    public double? Seconds { get; init; }

    public long? Warnings { get; init; }

    public long? Severe { get; init; }

    public static RunAsJson Of(RunRow row) =>
        new(row.Folder, row["model_key"] as string, row.Status, row["reason"] as string, row.Message)
        {
            SiteEnergyKwh = row["site_energy_kwh"] as double?,
            SiteEuiKwhM2 = row["site_eui_kwh_m2"] as double?,
            Seconds = (row["timings_ms_total"] as long?) / 1000.0,
            Warnings = row["warnings"] as long?,
            Severe = row["severe"] as long?,
        };
}

/// <summary>How it is written: snake_case, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(RunsAsJson))]
internal sealed partial class RunsJson : JsonSerializerContext
{
    public static RunsJson Readable => field ??= new(ReadableJson.Of(Default.Options));
}
