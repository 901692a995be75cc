using System.Text.Json.Serialization;

namespace IdfKit.Runs;

/// <summary>A result file of a run.</summary>
/// <param name="Path">Relative to the folder of <c>run.json</c>.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Sha256">Of its content, in lower-case hexadecimal digits.</param>
public sealed record RunFile(string Path, long SizeBytes, string ContentType, string Sha256)
{
    /// <summary>How it is encoded: <c>gzip</c>, which browsers decode; size and checksum are of what is stored. Null: not at all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContentEncoding { get; init; }
}
