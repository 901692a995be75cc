namespace IdfKit.LocalCloud.Bucket;

/// <summary>One page of a listing.</summary>
/// <param name="Keys">Objects, in order.</param>
/// <param name="CommonPrefixes">What the delimiter rolled up, in order.</param>
/// <param name="Next">The last entry of this page when more follows; the next page starts after it.</param>
internal sealed record ListPage(IReadOnlyList<string> Keys, IReadOnlyList<string> CommonPrefixes, string? Next)
{
    /// <param name="orderedKeys">Those of the scope.</param>
    /// <param name="scope">How they are rolled up.</param>
    /// <param name="after">Empty: from the beginning.</param>
    /// <param name="maxEntries">Of the page.</param>
    public static ListPage Of(List<string> orderedKeys, ListScope scope, string after, int maxEntries)
    {
        var keys = new List<string>();
        var prefixes = new List<string>();
        var (last, delimiter) = (after, scope.Delimiter);
        for (var at = FirstBehind(orderedKeys, after); at < orderedKeys.Count; at++)
        {
            var key = orderedKeys[at];
            var end = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, scope.Prefix.Length, StringComparison.Ordinal);
            var entry = end < 0 ? key : key[..(end + delimiter.Length)];
            // Entries up to the start, and further keys of a common prefix that has been listed.
            if (last.Length > 0 && KeyListing.CompareUtf8(entry, last) <= 0) continue;
            if (keys.Count + prefixes.Count == maxEntries) return new ListPage(keys, prefixes, maxEntries == 0 ? null : last);
            (end < 0 ? keys : prefixes).Add(entry);
            last = entry;
        }
        return new ListPage(keys, prefixes, null);
    }

    private static int FirstBehind(List<string> orderedKeys, string after)
    {
        if (after.Length == 0) return 0;
        var at = orderedKeys.BinarySearch(after, Comparer<string>.Create(KeyListing.CompareUtf8));
        return at < 0 ? ~at : at + 1;
    }
}
