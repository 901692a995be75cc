namespace IdfKit.Storage.Globs;

/// <summary>
/// Text as the characters that a pattern counts: code points. Half a surrogate pair, which no path holds, is one of its own.
/// </summary>
internal static class CodePoints
{
    /// <summary>The character at <paramref name="at"/>, which moves behind it.</summary>
    public static int Next(ReadOnlySpan<char> text, ref int at)
    {
        var first = text[at++];
        return char.IsHighSurrogate(first) && at < text.Length && char.IsLowSurrogate(text[at])
            ? char.ConvertToUtf32(first, text[at++])
            : first;
    }

    public static int[] Of(ReadOnlySpan<char> text)
    {
        var points = new List<int>(text.Length);
        for (var at = 0; at < text.Length;) points.Add(Next(text, ref at));
        return [.. points];
    }
}
