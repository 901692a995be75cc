using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdfKit.Drops.Studies;

/// <summary>The three calls and their answers as JSON. What a later version added is skipped.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlanCall))]
[JsonSerializable(typeof(PlanAnswer))]
[JsonSerializable(typeof(RowsCall))]
[JsonSerializable(typeof(RowsAnswer))]
[JsonSerializable(typeof(IReadOnlyList<RowsCall>))]
[JsonSerializable(typeof(CollectCall))]
[JsonSerializable(typeof(CollectAnswer))]
internal sealed partial class CallJson : JsonSerializerContext
{
    /// <summary>For writing: letters and quotation marks stand as they are, because people read it.</summary>
    public static CallJson Readable => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
