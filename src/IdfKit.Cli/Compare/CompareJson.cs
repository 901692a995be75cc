using System.Text.Json.Serialization;

namespace IdfKit.Cli.Compare;

/// <summary>How comparisons are written as JSON: snake_case, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(Comparison))]
[JsonSerializable(typeof(ComparedFolders))]
internal sealed partial class CompareJson : JsonSerializerContext
{
    public static CompareJson Readable => field ??= new(ReadableJson.Of(Default.Options));
}
