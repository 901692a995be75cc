using System.Text.Encodings.Web;
using System.Text.Json;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>How the answers and reports of the local cloud are written: people read them, so nothing is escaped as for HTML.</summary>
internal static class ReadableJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerOptions.Default)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
