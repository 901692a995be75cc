namespace IdfKit.Engine;

/// <summary>Text from elsewhere as a part of one of our lines.</summary>
internal static class OneLine
{
    /// <summary>Line ends and control characters become blanks, runs of them one; what is longer is cut with "…".</summary>
    internal static string Of(string text, int longest = 200)
    {
        longest = Math.Max(1, longest);
        var line = new System.Text.StringBuilder(Math.Min(text.Length, longest));
        foreach (var c in text.AsSpan().Trim())
        {
            if (line.Length > longest) break;
            if (!IsBlank(c)) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }
        if (line.Length <= longest) return line.ToString().TrimEnd();
        var end = longest - 1;
        if (end > 0 && char.IsHighSurrogate(line[end - 1])) end--;
        return line.ToString(0, end).TrimEnd() + "…";
    }

    // U+2028 and U+2029 end lines, and the marks of direction turn the rest of one round.
    private static bool IsBlank(char c) => char.IsControl(c) || c is ' ' or '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
