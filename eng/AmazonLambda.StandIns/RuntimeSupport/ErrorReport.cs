using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An exception as Lambda shows it to the caller and keeps it in the failure queue.</summary>
internal static class ErrorReport
{
    /// <summary>Lambda takes error documents up to some size and then cuts them; a deep chain helps nobody.</summary>
    private const int DeepestCause = 5;

    public static string TypeOf(Exception error) => error.GetType().Name;

    public static byte[] ToJson(Exception error)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer, error, depth: 0);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Exception error, int depth)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType"u8, TypeOf(error));
        writer.WriteString("errorMessage"u8, error.Message);
        writer.WriteStartArray("stackTrace"u8);
        foreach (var line in (error.StackTrace ?? string.Empty).AsSpan().EnumerateLines())
            if (line.Trim() is { Length: > 0 } frame) writer.WriteStringValue(frame);
        writer.WriteEndArray();
        if (error.InnerException is { } cause && depth < DeepestCause)
        {
            writer.WritePropertyName("cause"u8);
            Write(writer, cause, depth + 1);
        }
        writer.WriteEndObject();
    }
}
