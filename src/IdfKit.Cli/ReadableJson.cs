using System.Text.Encodings.Web;
using System.Text.Json;

namespace IdfKit.Cli;

/// <summary>How JSON is written for a terminal and for pipes: letters stand as they are; control characters are escaped.</summary>
internal static class ReadableJson
{
    public static JsonSerializerOptions Of(JsonSerializerOptions options) => new(options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
