using System.Globalization;
using System.Text;

namespace IdfKit.Storage;

/// <summary>Foreign text on its way into a message of one line.</summary>
internal static class Printable
{
    /// <summary>The text with each control character, line end and half surrogate pair as its number: <c>\u000a</c>.</summary>
    public static string Of(string text)
    {
        var first = 0;
        while (first < text.Length && IsPlain(text, first)) first++;
        if (first == text.Length) return text;
        var shown = new StringBuilder(text, 0, first, text.Length + 16);
        for (var at = first; at < text.Length; at++)
        {
            if (IsPlain(text, at)) shown.Append(text[at]);
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:x4}");
        }
        return shown.ToString();
    }

    /// <summary>Whether a character stands in a line as it is; marks that turn the direction of text (Cf) could make it another.</summary>
    public static bool IsPlain(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text[at]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.Format => text[at] is '\u200c' or '\u200d' or '\u00ad',
        UnicodeCategory.Surrogate => char.IsHighSurrogate(text[at])
            ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            : at > 0 && char.IsHighSurrogate(text[at - 1]),
        _ => true,
    };
}
