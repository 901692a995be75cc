using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Lines as Lambda's log settings ask for them: <c>AWS_LAMBDA_LOG_FORMAT</c> Text (time, request, level and message between tabs) or JSON,
/// from <c>AWS_LAMBDA_LOG_LEVEL</c> up.
/// </summary>
internal sealed class LambdaConsoleLogger(
    TextWriter output, string requestId, string traceId, string format, string lowestLevel) : ILambdaLogger
{
    private readonly bool _json = format.Equals("JSON", StringComparison.OrdinalIgnoreCase);
    private readonly LogLevel _lowest = Parse(lowestLevel);

    public void Log(string message) => Write(level: null, exception: null, message);

    public void LogLine(string message) => Write(level: null, exception: null, message);

    public void Log(string level, string message) => Write(level, exception: null, message);

    public void Log(string level, string message, params object[] args) => Write(level, exception: null, Filled(message, args));

    public void Log(string level, Exception exception, string message, params object[] args) =>
        Write(level, exception, Filled(message, args));

    private void Write(string? level, Exception? exception, string message)
    {
        if (level is not null && Parse(level) < _lowest) return;
        var time = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        output.WriteLine(_json
            ? JsonLine(time, level, exception, message)
            : string.Join('\t', time, requestId, Short(level), exception is null ? message : message + Environment.NewLine + exception));
    }

    private string JsonLine(string time, string? level, Exception? exception, string message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp"u8, time);
            writer.WriteString("level"u8, level ?? nameof(LogLevel.Information));
            writer.WriteString("requestId"u8, requestId);
            if (traceId.Length > 0) writer.WriteString("traceId"u8, traceId);
            writer.WriteString("message"u8, message);
            if (exception is not null)
            {
                writer.WriteString("errorType"u8, exception.GetType().FullName);
                writer.WriteString("errorMessage"u8, exception.Message);
                writer.WriteString("stackTrace"u8, exception.StackTrace);
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Replaces <c>{name}</c> by the arguments in their order.</summary>
    private static string Filled(string template, object[] args)
    {
        if (args.Length == 0) return template;
        var filled = new StringBuilder();
        var next = 0;
        for (var at = 0; at < template.Length; at++)
        {
            var end = template[at] == '{' && next < args.Length ? template.IndexOf('}', at) : -1;
            if (end < 0)
            {
                filled.Append(template[at]);
                continue;
            }
            filled.Append(args[next++]);
            at = end;
        }
        return filled.ToString();
    }

    private static LogLevel Parse(string level) => Enum.TryParse<LogLevel>(level, ignoreCase: true, out var parsed) ? parsed : Other(level);

    /// <summary>Lambda's console says INFO, WARN and FATAL.</summary>
    private static LogLevel Other(string level) => level.ToUpperInvariant() switch
    {
        "WARN" => LogLevel.Warning,
        "FATAL" => LogLevel.Critical,
        "INFO" => LogLevel.Information,
        _ => LogLevel.Trace,
    };

    private static string Short(string? level) => level is null ? "info" : Parse(level) switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        _ => "info",
    };
}
