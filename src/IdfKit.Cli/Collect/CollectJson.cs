using System.Text.Json;
using System.Text.Json.Serialization;

using IdfKit.Cli.Places;
using IdfKit.Runs;

namespace IdfKit.Cli.Collect;

/// <summary>What was collected, as JSON.</summary>
internal sealed record CollectAsJson(
    string Place, string File, int Runs, IReadOnlyDictionary<string, int> Counts, int Columns, int RecordsRead)
{
    public string Schema { get; init; } = "idfkit.collect/1";
}

/// <summary>How it is written: snake_case, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CollectAsJson))]
internal sealed partial class CollectJson : JsonSerializerContext
{
    private static CollectJson Readable => field ??= new(ReadableJson.Of(Default.Options));

    public static string Of(Place place, TableFile file, RunTable table) => JsonSerializer.Serialize(
        new CollectAsJson(
            place.Given, file.Path, table.Rows.Count, table.Rows.CountBy(row => row.Status).ToDictionary(StringComparer.Ordinal),
            table.Columns.Count, table.RecordsRead),
        Readable.CollectAsJson);
}
