using System.Text;

namespace IdfKit.Engine.Models;

/// <summary>
/// Text in Shift-JIS, as Japanese Windows writes it (code page 932). The table of its characters is a text of 23 kB; the framework's own
/// code pages would make each program 0.8 MB larger.
/// </summary>
internal static class ShiftJis
{
    private const char Unknown = '\uFFFD';

    private static readonly Lazy<string[]> Rows = new(ReadRows);

    /// <summary>
    /// Whether all of the text is Shift-JIS, and most of its two-byte characters stand beside others. In a text of Windows-1252, such
    /// as French names, what could be a first byte is an accented letter with a plain letter behind it: that speaks against it.
    /// </summary>
    public static bool LooksLike(ReadOnlySpan<byte> text)
    {
        var (inRows, against, row) = (0, 0, 0);
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && IsLead(text[at]))
            {
                if (at + 1 == text.Length || CharacterOf(text[at], text[at + 1]) == Unknown) return false;
                if (text[at] > 0x9F && text[at + 1] < 0x80) against++;
                else row++;
                at++;
                continue;
            }
            if (at < text.Length && text[at] is (0x80 or 0xA0 or > 0xDF)) return false;
            if (row == 1) against++;
            else inRows += row;
            row = 0;
        }
        return inRows > 0 && inRows >= against;
    }

    /// <summary>The text as UTF-8; bytes that mean nothing become U+FFFD.</summary>
    public static byte[] ToUtf8(ReadOnlySpan<byte> text)
    {
        var converted = new byte[Convert(text, [])];
        Convert(text, converted);
        return converted;
    }

    /// <summary>Converts the text; the length of the result. Into nothing it only counts.</summary>
    private static int Convert(ReadOnlySpan<byte> text, Span<byte> into)
    {
        Span<byte> character = stackalloc byte[4];
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var found = Unknown;
            if (text[at] < 0x80) found = (char)text[at];
            else if (IsHalfWidth(text[at])) found = (char)(text[at] - 0xA1 + '\uFF61');
            else if (IsLead(text[at]) && at + 1 < text.Length) found = CharacterOf(text[at], text[++at]);
            var size = new Rune(found).EncodeToUtf8(character);
            if (into.Length > 0) character[..size].CopyTo(into[length..]);
            length += size;
        }
        return length;
    }

    private static bool IsLead(byte value) => value is (> 0x80 and < 0xA0) or (>= 0xE0 and <= 0xFC);

    private static bool IsHalfWidth(byte value) => value is > 0xA0 and < 0xE0;

    private static char CharacterOf(byte lead, byte trail)
    {
        if (trail is < 0x40 or 0x7F or > 0xFC) return Unknown;
        var row = Rows.Value[lead < 0xA0 ? lead - 0x81 : lead - 0xE0 + 0x1F];
        var column = trail - 0x40 - (trail > 0x7F ? 1 : 0);
        return column < row.Length ? row[column] : Unknown;
    }

    private static string[] ReadRows()
    {
        using var stream = typeof(ShiftJis).Assembly.GetManifestResourceStream("shift-jis.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n');
    }
}
