using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace IdfKit.Studies.Variants;

/// <summary>Puts values in the place of tags, wherever these stand in a model's text.</summary>
internal static partial class TagText
{
    /// <summary>The text with all values in it.</summary>
    /// <param name="text">The model's, as UTF-8 or in any encoding that has ASCII in it.</param>
    /// <param name="values">For each tag.</param>
    public static byte[] Replace(ReadOnlySpan<byte> text, IReadOnlyList<(StudyColumn Column, string Value)> values)
    {
        var isJson = text.TrimStart("\uFEFF"u8).TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'/', ..];
        using var made = new MemoryStream(text.Length);
        var inString = false;
        while (NextTag(text, values) is var (at, column, value))
        {
            inString ^= isJson && EndsInString(text[..at]);
            made.Write(text[..at]);
            made.Write(Encoding.UTF8.GetBytes(inString ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value) : value));
            text = text[(at + Encoding.UTF8.GetByteCount(column.Heading))..];
        }
        made.Write(text);
        return made.ToArray();
    }

    /// <summary>Whether a tag stands in a text.</summary>
    public static bool IsIn(ReadOnlySpan<byte> text, StudyColumn column) => text.IndexOf(Encoding.UTF8.GetBytes(column.Heading)) >= 0;

    /// <summary>The first tag of a text that is none of these; null: there is none.</summary>
    public static string? Other(ReadOnlySpan<byte> text, IReadOnlyList<StudyColumn> known)
    {
        foreach (var match in Tag().EnumerateMatches(Encoding.Latin1.GetString(text)))
        {
            var tag = Encoding.UTF8.GetString(text.Slice(match.Index, match.Length));
            if (!known.Any(column => column.Heading == tag)) return tag;
        }
        return null;
    }

    private static (int At, StudyColumn Column, string Value)? NextTag(
        ReadOnlySpan<byte> text, IReadOnlyList<(StudyColumn Column, string Value)> values)
    {
        (int At, StudyColumn Column, string Value)? next = null;
        foreach (var (column, value) in values)
        {
            var before = next is { } found ? text[..Math.Min(text.Length, found.At + column.Heading.Length * 4)] : text;
            if (before.IndexOf(Encoding.UTF8.GetBytes(column.Heading)) is >= 0 and var at && !(at >= next?.At)) next = (at, column, value);
        }
        return next;
    }

    /// <summary>Whether a piece of JSON has an odd number of quotes.</summary>
    private static bool EndsInString(ReadOnlySpan<byte> json)
    {
        var isInside = false;
        for (var at = 0; at < json.Length; at++)
        {
            if (json[at] == '\\') at++;
            else if (json[at] == '"') isInside = !isInside;
        }
        return isInside;
    }

    [GeneratedRegex("@@[^@\\s]{1,100}@@", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
