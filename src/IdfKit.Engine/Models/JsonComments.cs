namespace IdfKit.Engine.Models;

/// <summary>
/// Comments of epJSON, which EnergyPlus allows between any two tokens, also where .NET's reader allows none (before a colon).
/// </summary>
internal static class JsonComments
{
    private const byte Blanked = (byte)' ';

    /// <summary>Puts blanks in the place of comments, so that every offset and every line stays.</summary>
    public static void Blank(Span<byte> text)
    {
        if (text.IndexOf("//"u8) < 0 && text.IndexOf("/*"u8) < 0) return;
        for (var at = NextMark(text, 0); at < text.Length; at = NextMark(text, at))
        {
            var end = text[at] == '"' ? EndOfString(text, at) : EndOfComment(text, at);
            if (text[at] == '/') Fill(text[at..end]);
            at = end;
        }
    }

    /// <summary>The next quote or slash; the text's length when there is none.</summary>
    private static int NextMark(ReadOnlySpan<byte> span, int from)
    {
        var found = span[from..].IndexOfAny((byte)'"', (byte)'/');
        return found < 0 ? span.Length : from + found;
    }

    private static int EndOfString(ReadOnlySpan<byte> span, int start)
    {
        for (var at = start + 1; at < span.Length; at++)
        {
            var found = span[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0) break;
            at += found;
            if (span[at] == '"') return at + 1;
            at++;
        }
        return span.Length;
    }

    /// <summary>Just after a comment; one byte on where there is none, or no end of it, which the reader then refuses.</summary>
    private static int EndOfComment(ReadOnlySpan<byte> span, int start)
    {
        if (span[start..].StartsWith("//"u8)) return IdfFields.EndOfLine(span, start);
        if (!span[start..].StartsWith("/*"u8)) return start + 1;
        var end = span[(start + 2)..].IndexOf("*/"u8);
        return end < 0 ? start + 1 : start + 2 + end + 2;
    }

    /// <summary>Line ends stay, so that lines can be counted; a lone slash stays too.</summary>
    private static void Fill(Span<byte> comment)
    {
        if (comment.Length == 1) return;
        foreach (ref var value in comment)
            if (value is not ((byte)'\n' or (byte)'\r')) value = Blanked;
    }
}
