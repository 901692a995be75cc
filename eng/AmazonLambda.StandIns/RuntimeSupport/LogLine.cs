using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One thing to log, and how it looks in each format.</summary>
internal sealed record LogLine(LogLevel Level, LogTemplate Message, Exception? Exception, ILambdaContext? Call)
{
    private readonly string _time = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public string In(LogFormat format) => format switch
    {
        LogFormat.Json => ToJson(),
        LogFormat.Unformatted => Text(),
        _ => string.Join('\t', _time, Call?.AwsRequestId, Label(), Text()),
    };

    private string Text()
    {
        var message = Message.ToString();
        if (Exception is null) return message;
        return message.Length == 0 ? Exception.ToString() : $"{message}\n{Exception}";
    }

    private string Label() => Level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        _ => "info",
    };

    private string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp"u8, _time);
            writer.WriteString("level"u8, Level.ToString());
            if (Call?.AwsRequestId is { Length: > 0 } request) writer.WriteString("requestId"u8, request);
            if (Call?.TenantId is { Length: > 0 } tenant) writer.WriteString("tenantId"u8, tenant);
            if (Call?.TraceId is { Length: > 0 } trace) writer.WriteString("traceId"u8, trace);
            writer.WriteString("message"u8, Message.ToString());
            foreach (var (name, format, argument) in Message.Properties) WriteProperty(writer, name, format, argument);
            if (Exception is not null) WriteException(writer, Exception);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteProperty(Utf8JsonWriter writer, string name, string? format, object? argument)
    {
        if (argument is null) return;
        writer.WritePropertyName(name);
        if (argument is not IList list)
        {
            WriteValue(writer, format, argument);
            return;
        }
        writer.WriteStartArray();
        foreach (var item in list) WriteValue(writer, format, item);
        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, string? format, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool flag when format is null: writer.WriteBooleanValue(flag); break;
            case int number when format is null: writer.WriteNumberValue(number); break;
            case long number when format is null: writer.WriteNumberValue(number); break;
            case double number when format is null && double.IsFinite(number): writer.WriteNumberValue(number); break;
            case decimal number when format is null: writer.WriteNumberValue(number); break;
            default: writer.WriteStringValue(LogTemplate.Formatted(value, format)); break;
        }
    }

    private static void WriteException(Utf8JsonWriter writer, Exception exception)
    {
        writer.WriteString("errorType"u8, exception.GetType().FullName);
        writer.WriteString("errorMessage"u8, exception.Message);
        writer.WriteStartArray("stackTrace"u8);
        foreach (var line in exception.ToString().AsSpan().EnumerateLines()) writer.WriteStringValue(line.Trim());
        writer.WriteEndArray();
    }
}
