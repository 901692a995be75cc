using System.Text;

namespace IdfKit.Engine;

/// <summary>Text of others as part of one of our lines.</summary>
internal static class OneLine
{
    /// <summary>Line ends, control characters and rows of blanks become one blank; what is longer is cut with "…".</summary>
    internal static string Of(string text, int longest = 200)
    {
        longest = Math.Max(1, longest);
        var line = new StringBuilder((int)Math.Min(text.Length, longest + 1L));
        foreach (var character in text)
        {
            if (line.Length > longest) break;
            if (!IsBlank(character)) line.Append(character);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }
        var whole = line.ToString().TrimEnd();
        return whole.Length <= longest ? whole : Cut(whole, longest);
    }

    // U+2028 and U+2029 end lines, and the marks of direction turn the rest of one round.
    private static bool IsBlank(char character) =>
        char.IsControl(character) || char.IsWhiteSpace(character)
        || character is '\u2028' or '\u2029' or '\uFEFF' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static string Cut(string line, int longest)
    {
        var end = longest - 1;
        if (end > 0 && char.IsHighSurrogate(line[end - 1])) end--;
        return line[..end].TrimEnd() + "…";
    }
}
