using System.Globalization;
using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// A console stream whose lines are written as the log settings ask for; what is written without an end of line goes through as
/// it is.
/// </summary>
internal sealed class LogWriter(TextWriter inner, LogSettings settings, LogLevel plainLines) : TextWriter(CultureInfo.InvariantCulture)
{
    private readonly Lock _lock = new();

    /// <summary>The invocation that the lines belong to; null before the first.</summary>
    public ILambdaContext? Call { get; set; }

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Writes a line, unless its level is below the lowest that is wanted. A level of an unknown name is always written.</summary>
    public void Line(string? level, Exception? exception, string? template, params object?[] arguments)
    {
        if (Enum.TryParse<LogLevel>(level, ignoreCase: true, out var known) && known < settings.Lowest) return;
        var line = new LogLine(known, new LogTemplate(template ?? "", arguments), exception, Call);
        lock (_lock) inner.WriteLine(line.In(settings.Format));
    }

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value);

    public override void Write(char[] buffer, int index, int count) => inner.Write(buffer, index, count);

    public override void Flush() => inner.Flush();

    public override void WriteLine() => Line(plainLines.ToString(), exception: null, "");

    public override void WriteLine(string? value) => Line(plainLines.ToString(), exception: null, value);

    public override void WriteLine(char value) => WriteLine(value.ToString());

    public override void WriteLine(char[]? buffer) => WriteLine(new string(buffer));

    public override void WriteLine(char[] buffer, int index, int count) => WriteLine(new string(buffer, index, count));

    public override void WriteLine(ReadOnlySpan<char> buffer) => WriteLine(new string(buffer));

    public override void WriteLine(StringBuilder? value) => WriteLine(value?.ToString());

    public override void WriteLine(bool value) => WriteLine(value.ToString());

    public override void WriteLine(int value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(uint value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(long value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(ulong value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(float value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(double value) => WriteLine(value.ToString(FormatProvider));

    public override void WriteLine(decimal value) => WriteLine(value.ToString(FormatProvider));
}
