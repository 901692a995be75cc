namespace IdfKit.Storage.Tests;

/// <summary>
/// The rules of patterns (L5 to L11) word by word, by trying every way there is: slow, short, and another way than the
/// library's.
/// </summary>
internal static class GlobOracle
{
    public static bool Matches(string pattern, string path) => Matches(Points(pattern), Points(path), startsSegment: true);

    private static bool Matches(ReadOnlySpan<int> pattern, ReadOnlySpan<int> path, bool startsSegment)
    {
        if (pattern.IsEmpty) return path.IsEmpty;
        if (pattern[0] == '*')
        {
            var stars = 0;
            while (stars < pattern.Length && pattern[stars] == '*') stars++;
            var rest = pattern[stars..];
            if (stars == 1) return SomeStart(rest, path, stopAtSlash: true);
            if (!startsSegment || rest.IsEmpty || rest[0] != '/') return SomeStart(rest, path, stopAtSlash: false);
            // any number of folders, none included
            if (Matches(rest[1..], path, startsSegment: true)) return true;
            for (var i = 0; i < path.Length; i++)
                if (path[i] == '/' && Matches(rest[1..], path[(i + 1)..], startsSegment: true)) return true;
            return false;
        }
        if (path.IsEmpty) return false;
        if (pattern[0] == '?') return path[0] != '/' && Matches(pattern[1..], path[1..], startsSegment: false);
        if (pattern[0] == '[' && EndOfSet(pattern) is var end && end > 0)
            return InSet(pattern[1..end], path[0]) && Matches(pattern[(end + 1)..], path[1..], startsSegment: false);
        return pattern[0] == path[0] && Matches(pattern[1..], path[1..], startsSegment: pattern[0] == '/');
    }

    private static bool SomeStart(ReadOnlySpan<int> rest, ReadOnlySpan<int> path, bool stopAtSlash)
    {
        for (var taken = 0; taken <= path.Length; taken++)
        {
            if (Matches(rest, path[taken..], startsSegment: false)) return true;
            if (stopAtSlash && taken < path.Length && path[taken] == '/') return false;
        }
        return false;
    }

    // At the first ] behind the first character of the set.
    private static int EndOfSet(ReadOnlySpan<int> pattern)
    {
        var first = pattern.Length > 1 && pattern[1] == '!' ? 2 : 1;
        for (var i = first + 1; i < pattern.Length; i++)
            if (pattern[i] == ']') return i;
        return -1;
    }

    private static bool InSet(ReadOnlySpan<int> set, int character)
    {
        if (character == '/') return false;
        var others = set[0] == '!';
        if (others) set = set[1..];
        var isIn = false;
        while (!set.IsEmpty)
        {
            var isRange = set.Length >= 3 && set[1] == '-';
            isIn |= isRange ? set[0] <= character && character <= set[2] : set[0] == character;
            set = set[(isRange ? 3 : 1)..];
        }
        return isIn != others;
    }

    private static int[] Points(string text)
    {
        var points = new List<int>();
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text, i);
            points.Add(isPair ? char.ConvertToUtf32(text, i) : text[i]);
            if (isPair) i++;
        }
        return [.. points];
    }
}
