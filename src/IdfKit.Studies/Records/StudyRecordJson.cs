using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdfKit.Studies.Records;

/// <summary>How the records of studies are written: as those of runs are. What a later version added is skipped.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(StudyRecord))]
internal sealed partial class StudyRecordJson : JsonSerializerContext
{
    /// <summary>For writing: letters and quotation marks stand as they are, because people read the file.</summary>
    public static StudyRecordJson Readable => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
