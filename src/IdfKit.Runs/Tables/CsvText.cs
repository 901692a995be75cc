using System.Buffers;
using System.Text;

namespace IdfKit.Runs.Tables;

/// <summary>
/// A value of a CSV file, as RFC 4180 says. Text with which a spreadsheet would begin a formula stands behind an apostrophe, as
/// OWASP advises; one that begins with apostrophes and goes on like that gets one more, so that it can be read back.
/// </summary>
internal static class CsvText
{
    private const char Guard = '\'';

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>Writes a value; an empty text is a pair of quotes, and nothing is nothing.</summary>
    public static void Append(StringBuilder line, RunCell cell)
    {
        if (cell.Text is not { } text) return;
        if (cell.Kind is RunColumnKind.Text && IsGuarded(text)) text = Guard + text;
        AppendUnguarded(line, text);
    }

    /// <summary>Writes a text as it is, between quotes where it needs them.</summary>
    public static void AppendUnguarded(StringBuilder line, string text)
    {
        if (text.Length > 0 && !text.AsSpan().ContainsAny(Quoted)) line.Append(text);
        else line.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    /// <summary>The text that was written so, and whether it was guarded, as only texts are.</summary>
    public static (string Text, bool WasGuarded) Read(string value) =>
        value.Length > 0 && value[0] == Guard && IsGuarded(value) ? (value[1..], true) : (value, false);

    private static bool IsGuarded(string text) =>
        text.AsSpan().TrimStart(Guard) is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n';
}
