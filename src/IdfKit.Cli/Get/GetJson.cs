using System.Text.Json;
using System.Text.Json.Serialization;

using IdfKit.Cli.Places;

namespace IdfKit.Cli.Get;

/// <summary>What was fetched, as JSON.</summary>
internal sealed record GetAsJson(
    string Place, string Output, int Runs, int FilesFetched, int FilesLeft, long Bytes, IReadOnlyList<string> Troubles)
{
    public string Schema { get; init; } = "idfkit.get/1";
}

/// <summary>How it is written: snake_case, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GetAsJson))]
internal sealed partial class GetJson : JsonSerializerContext
{
    private static GetJson Readable => field ??= new(ReadableJson.Of(Default.Options));

    public static string Of(Place place, LocalFolder target, GetCounts counts) => JsonSerializer.Serialize(
        new GetAsJson(place.Given, target.Shown, counts.Runs, counts.Files, counts.LeftFiles, counts.Bytes, counts.Troubles),
        Readable.GetAsJson);
}
