using System.Text.Json;
using System.Text.Json.Serialization;

using IdfKit.Cli.Places;

namespace IdfKit.Cli.Submit;

/// <summary>What is put, as JSON.</summary>
internal sealed record SubmitAsJson(string Place, bool DryRun, int Runs, int FilesToPut, long Bytes, IReadOnlyList<SubmitFileAsJson> Files)
{
    public string Schema { get; init; } = "idfkit.submit/1";
}

/// <summary>A file of it.</summary>
internal sealed record SubmitFileAsJson(string Key, string? Path, long SizeBytes, string Action, bool IsModel);

/// <summary>How it is written: snake_case, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SubmitAsJson))]
internal sealed partial class SubmitJson : JsonSerializerContext
{
    private static SubmitJson Readable => field ??= new(ReadableJson.Of(Default.Options));

    public static string Of(Place place, SubmitPlan plan, bool isDry)
    {
        var models = plan.Models.Select(model => model.Model.File.Key).ToHashSet(StringComparer.Ordinal);
        var files = plan.Files.Select(file => new SubmitFileAsJson(
            file.File.Key, file.File.Path, file.File.SizeBytes, file.Action.ToString().ToLowerInvariant(), models.Contains(file.File.Key)));
        var all = new SubmitAsJson(place.Given, isDry, plan.Runs, plan.ToPut, plan.Bytes, [.. files]);
        return JsonSerializer.Serialize(all, Readable.SubmitAsJson);
    }
}
