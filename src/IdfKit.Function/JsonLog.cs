using System.Text.Encodings.Web;
using System.Text.Json;

namespace IdfKit.Function;

/// <summary>One JSON line a fact on standard output, where Lambda collects it.</summary>
internal sealed class JsonLog(Stream output, TimeProvider time)
{
    // lines are read by people, and never become HTML
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lock _lock = new();

    public static JsonLog ToStandardOutput() => new(Console.OpenStandardOutput(), TimeProvider.System);

    /// <summary>A fact that is also counted and measured: see <see cref="RunMetrics"/>.</summary>
    public void Measured(string message, params ReadOnlySpan<(string Name, object? Value)> facts) =>
        Write("INFO", message, facts, isMeasured: true);

    public void Information(string message, params ReadOnlySpan<(string Name, object? Value)> facts) => Write("INFO", message, facts);

    public void Warning(string message, params ReadOnlySpan<(string Name, object? Value)> facts) => Write("WARN", message, facts);

    public void Error(string message, params ReadOnlySpan<(string Name, object? Value)> facts) => Write("ERROR", message, facts);

    private void Write(string level, string message, ReadOnlySpan<(string Name, object? Value)> facts, bool isMeasured = false)
    {
        var now = time.GetUtcNow();
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Readable))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", now.UtcDateTime);
            json.WriteString("level", level);
            json.WriteString("message", message);
            foreach (var (name, value) in facts)
            {
                switch (value)
                {
                    case null: break;
                    case long number: json.WriteNumber(name, number); break;
                    case int number: json.WriteNumber(name, number); break;
                    case double number: json.WriteNumber(name, number); break;
                    case bool flag: json.WriteBoolean(name, flag); break;
                    default: json.WriteString(name, value.ToString()); break;
                }
            }
            if (isMeasured) RunMetrics.WriteDirective(json, now, facts);
            json.WriteEndObject();
        }
        line.WriteByte((byte)'\n');
        lock (_lock)
        {
            output.Write(line.GetBuffer(), 0, (int)line.Length); // one write a line: lines of two threads never mix
            output.Flush();
        }
    }
}
