namespace IdfKit.Engine.Results.Tables;

/// <summary>Splits <c>Total Energy [GJ]</c> into name and unit. A footnote behind, as in <c>EER [Btu/W-h][2,3]</c>, is neither.</summary>
internal static class ColumnHeader
{
    public static (string Name, string Unit) Split(string header)
    {
        var rest = header.AsSpan().TrimEnd();
        if (BracketOf(rest) is >= 0 and var note && IsFootnote(rest[(note + 1)..^1])
            && rest[..note].TrimEnd() is { Length: > 0 } before && before[^1] == ']')
        {
            rest = before;
        }
        var start = BracketOf(rest);
        return start < 0 ? (header, "") : (rest[..start].TrimEnd().ToString(), rest[(start + 1)..^1].ToString());
    }

    private static int BracketOf(ReadOnlySpan<char> text) => text is [.., ']'] ? text.LastIndexOf('[') : -1;

    private static bool IsFootnote(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
            if (!char.IsAsciiDigit(letter) && letter is not (',' or ' ')) return false;
        return !text.IsEmpty;
    }
}
