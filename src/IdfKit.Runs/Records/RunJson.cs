using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

using IdfKit.Engine;

namespace IdfKit.Runs.Records;

/// <summary>
/// How records, summaries and progress are written: snake_case, compiled ahead of time. What a later version added is skipped.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    RespectNullableAnnotations = true,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    WriteIndented = true,
    NewLine = "\n",
    UseStringEnumConverter = true,
    Converters = [typeof(FiniteNumber)])]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(RunProgress))]
[JsonSerializable(typeof(EnergySummary))]
internal sealed partial class RunJson : JsonSerializerContext
{
    /// <summary>
    /// For writing: letters, quotation marks and angle brackets stand as they are, because people read these files and none of them
    /// becomes HTML. Control characters are escaped.
    /// </summary>
    public static RunJson Readable => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
