using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdfKit.Cli.Compare;

/// <summary>How comparisons are written as JSON: snake_case, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(Comparison))]
[JsonSerializable(typeof(ComparedFolders))]
internal sealed partial class CompareJson : JsonSerializerContext
{
    /// <summary>Letters stand as they are; control characters are escaped.</summary>
    public static CompareJson Readable => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
