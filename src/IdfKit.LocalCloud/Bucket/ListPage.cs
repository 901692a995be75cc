namespace IdfKit.LocalCloud.Bucket;

/// <summary>One page of a listing.</summary>
/// <param name="Keys">Objects, in order.</param>
/// <param name="CommonPrefixes">What the delimiter rolled up, in order.</param>
/// <param name="Next">The last entry of this page when more follows; the next page starts after it.</param>
internal sealed record ListPage(IReadOnlyList<string> Keys, IReadOnlyList<string> CommonPrefixes, string? Next)
{
    public static ListPage Of(IEnumerable<string> orderedKeys, string prefix, string delimiter, string after, int maxEntries)
    {
        var keys = new List<string>();
        var prefixes = new List<string>();
        var last = after;
        foreach (var key in orderedKeys)
        {
            if (!key.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var end = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var entry = end < 0 ? key : key[..(end + delimiter.Length)];
            // Entries up to the start, and further keys of a common prefix that has been listed.
            if (last.Length > 0 && KeyListing.CompareUtf8(entry, last) <= 0) continue;
            if (keys.Count + prefixes.Count == maxEntries) return new ListPage(keys, prefixes, maxEntries == 0 ? null : last);
            (end < 0 ? keys : prefixes).Add(entry);
            last = entry;
        }
        return new ListPage(keys, prefixes, null);
    }
}
