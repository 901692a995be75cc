namespace IdfKit.Storage.Globs;

/// <summary>
/// The set between <c>[</c> and <c>]</c>: characters and ranges by code point; <c>!</c> in front takes all others. No
/// set takes <c>/</c>, whatever stands in it.
/// </summary>
internal sealed class CharacterSet
{
    private readonly List<(int Low, int High)> _ranges = [];
    private readonly bool _others;

    private CharacterSet(bool others) => _others = others;

    /// <summary>The set that starts at <paramref name="at"/>, which moves behind it; null when no <c>]</c> closes it.</summary>
    public static CharacterSet? Read(ReadOnlySpan<int> pattern, ref int at)
    {
        var next = at + 1;
        var set = new CharacterSet(others: next < pattern.Length && pattern[next] == '!');
        if (set._others) next++;
        for (var first = next; next < pattern.Length; next++)
        {
            if (pattern[next] == ']' && next > first)
            {
                at = next + 1;
                return set;
            }
            var isRange = next + 2 < pattern.Length && pattern[next + 1] == '-' && pattern[next + 2] != ']';
            set._ranges.Add((pattern[next], pattern[isRange ? next + 2 : next]));
            if (isRange) next += 2;
        }
        return null;
    }

    public bool Takes(int character)
    {
        if (character == '/') return false;
        foreach (var (low, high) in _ranges)
            if (character >= low && character <= high) return !_others;
        return _others;
    }
}
