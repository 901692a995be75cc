namespace IdfKit.Runs.Staging;

/// <summary>Files that a wrong name may have meant, best first.</summary>
internal static class NearMiss
{
    private const int Most = 2, LongestName = 100;

    // These lie beside every model and are read as what they are.
    private static readonly string[] OfOtherUse = [".idf", ".epjson", ".imf", ".osm", ".epw", ".stat", ".ddy", ".zip", ".json"];

    /// <param name="name">The name that was not found.</param>
    /// <param name="paths">What is there.</param>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> paths)
    {
        if (name.Length is 0 or > LongestName) return [];
        return
        [
            .. paths.Distinct(StringComparer.Ordinal)
                .Select(path => (Path: path, Distance: DistanceOf(name, path[(path.LastIndexOf('/') + 1)..])))
                .Where(found => found.Distance is not null)
                .OrderBy(found => found.Distance).ThenBy(found => found.Path, StringComparer.Ordinal)
                .Take(Most).Select(found => found.Path),
        ];
    }

    /// <summary>0 for the same name; null for another one altogether.</summary>
    private static int? DistanceOf(string name, string other)
    {
        if (other.Length > LongestName) return null;
        var (wanted, found) = (FileNames.Fold(name), FileNames.Fold(other));
        if (wanted == found) return 0;
        var isOfOtherUse = OfOtherUse.Contains(Path.GetExtension(other), StringComparer.OrdinalIgnoreCase)
            && !Path.GetExtension(name).Equals(Path.GetExtension(other), StringComparison.OrdinalIgnoreCase);
        if (isOfOtherUse) return null;
        var (stem, otherStem) = (Path.GetFileNameWithoutExtension(wanted), Path.GetFileNameWithoutExtension(found));
        if (stem == otherStem) return 1;
        var changes = Changes(wanted, found);
        return changes <= Math.Max(1, stem.Length / 4) ? 1 + changes : null;
    }

    /// <summary>The Levenshtein distance.</summary>
    private static int Changes(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < right.Length; j++)
            {
                var same = diagonal + (left[i] == right[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(same, Math.Min(row[j], row[j + 1]) + 1);
            }
        }
        return row[^1];
    }
}
