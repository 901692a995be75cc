using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An exception as X-Ray shows it on a trace: the header of a reported error that Lambda passes on.</summary>
internal static class XRayCause
{
    public const string Header = "Lambda-Runtime-Function-XRay-Error-Cause";

    private const int LargestBytes = 1024 * 1024;

    /// <summary>The header's value: JSON on one line; null when it would be a megabyte or more.</summary>
    public static string? Of(Exception error)
    {
        var frames = error.StackTrace is null ? [] : new StackTrace(error, fNeedFileInfo: true).GetFrames();
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("working_directory"u8, Environment.CurrentDirectory);
            writer.WriteStartArray("exceptions"u8);
            WriteException(writer, error, frames);
            writer.WriteEndArray();
            writer.WriteStartArray("paths"u8);
            foreach (var path in frames.Select(frame => frame.GetFileName()).OfType<string>().Distinct(StringComparer.Ordinal))
                writer.WriteStringValue(path);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return buffer.WrittenCount < LargestBytes ? Encoding.UTF8.GetString(buffer.WrittenSpan) : null;
    }

    private static void WriteException(Utf8JsonWriter writer, Exception error, StackFrame[] frames)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, ErrorReport.TypeOf(error));
        writer.WriteString("message"u8, error.Message.Trim());
        if (frames.Length > 0)
        {
            writer.WriteStartArray("stack"u8);
            foreach (var frame in frames) WriteFrame(writer, frame);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void WriteFrame(Utf8JsonWriter writer, StackFrame frame)
    {
        writer.WriteStartObject();
        var path = frame.GetFileName();
        if (path is not null) writer.WriteString("path"u8, path);
        writer.WriteString("label"u8, LabelOf(frame));
        if (path is not null) writer.WriteNumber("line"u8, frame.GetFileLineNumber());
        writer.WriteEndObject();
    }

    private static string LabelOf(StackFrame frame)
    {
        if (DiagnosticMethodInfo.Create(frame) is not { } method) return "Method has been trimmed";
        var type = method.DeclaringTypeName;
        return type is null ? method.Name : type[(type.LastIndexOfAny(['.', '+']) + 1)..] + "." + method.Name;
    }
}
