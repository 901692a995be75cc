using System.Text.Json;

namespace IdfKit.Function;

/// <summary>
/// Which facts of a run's log line CloudWatch takes as metrics. The line says it itself (embedded metric format, "_aws"
/// as in the CloudWatch User Guide), so no call is made and none is waited for.
/// </summary>
internal static class RunMetrics
{
    public const string Namespace = "IdfKit";

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["runs"] = "Count",
        ["cold_start"] = "Count",
        ["unconfined_runs"] = "Count",
        ["queued_ms"] = "Milliseconds",
        ["stage_ms"] = "Milliseconds",
        ["simulate_ms"] = "Milliseconds",
        ["upload_ms"] = "Milliseconds",
        ["total_ms"] = "Milliseconds",
        ["result_bytes"] = "Bytes",
    };

    /// <summary>The names of the metrics.</summary>
    public static IReadOnlyCollection<string> Names => Units.Keys;

    private static readonly string[][] Dimensions = [["function_name"], ["function_name", "status"]];

    /// <summary>Writes the directive for those facts that are there: naming one that is not makes CloudWatch drop the line.</summary>
    public static void WriteDirective(Utf8JsonWriter json, DateTimeOffset now, ReadOnlySpan<(string Name, object? Value)> facts)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", now.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", Namespace);
        json.WriteStartArray("Dimensions");
        foreach (var set in Dimensions)
        {
            json.WriteStartArray();
            foreach (var dimension in set) json.WriteStringValue(dimension);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var (name, value) in facts)
        {
            if (value is null || !Units.TryGetValue(name, out var unit)) continue;
            json.WriteStartObject();
            json.WriteString("Name", name);
            json.WriteString("Unit", unit);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
