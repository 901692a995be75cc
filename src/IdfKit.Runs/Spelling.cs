namespace IdfKit.Runs;

/// <summary>Finds the name that somebody meant.</summary>
internal static class Spelling
{
    private const int LongestName = 64; // of what is compared; the cost is the product of two lengths

    /// <summary>The known name that is nearest to <paramref name="written"/>; null when none is near.</summary>
    internal static string? Nearest(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > LongestName) return null;
        var given = Plain(written);
        var (nearest, least) = (default(string), int.MaxValue);
        foreach (var name in known)
            if (Distance(given, Plain(name)) is var distance && distance < least) (nearest, least) = (name, distance);
        return nearest is not null && least <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }

    private static string Plain(string name) => name.Replace('-', '_').Replace(' ', '_').ToLowerInvariant();

    /// <summary>How many letters must be added, removed, changed or swapped with their neighbour.</summary>
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(changed, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                var isSwap = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                if (isSwap) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[one.Length, other.Length];
    }
}
