namespace IdfKit.LocalCloud.Bucket;

/// <summary>The folder's keys, ordered by their UTF-8 bytes.</summary>
internal static class KeyListing
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public static List<string> Keys(BucketFolder folder, string prefix, bool withMarkers = true)
    {
        var keys = new List<string>();
        // Only the folder that the prefix surely lies in is walked.
        var slash = prefix.LastIndexOf('/');
        var start = slash < 0 ? "" : prefix[..(slash + 1)];
        if (start.Length > 0 && !ObjectKey.TryParse(start, out _)) return keys;
        var directory = new DirectoryInfo(Path.Combine(folder.Root, start));
        if (directory.Exists) Walk(folder, directory, start, prefix, withMarkers, keys);
        keys.Sort(CompareUtf8);
        return keys;
    }

    /// <summary>UTF-16 order differs from UTF-8 order for what lies beyond the basic plane: those are surrogates, which
    /// sort before U+E000 to U+FFFF.</summary>
    public static int CompareUtf8(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        for (var i = 0; i < length; i++)
        {
            if (a[i] == b[i]) continue;
            var (aIsHigh, bIsHigh) = (char.IsSurrogate(a[i]), char.IsSurrogate(b[i]));
            return aIsHigh == bIsHigh ? a[i].CompareTo(b[i]) : aIsHigh ? 1 : -1;
        }
        return a.Length.CompareTo(b.Length);
    }

    private static void Walk(BucketFolder folder, DirectoryInfo directory, string path, string prefix, bool withMarkers, List<string> keys)
    {
        if (withMarkers && path.Length > 0 && path.StartsWith(prefix, StringComparison.Ordinal)
            && File.Exists(ObjectRecord.PathOf(folder.Hidden, path)))
            keys.Add(path);
        foreach (var entry in Entries(directory))
        {
            var key = path + entry.Name;
            if (entry is DirectoryInfo child)
            {
                // A link to a folder may lead out of the bucket, or in circles.
                if (child.LinkTarget is not null || key == ObjectKey.HiddenFolder) continue;
                var below = key + "/";
                if (below.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(below, StringComparison.Ordinal))
                    Walk(folder, child, below, prefix, withMarkers, keys);
            }
            else if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                keys.Add(key);
            }
        }
    }

    private static FileSystemInfo[] Entries(DirectoryInfo directory)
    {
        try
        {
            return directory.GetFileSystemInfos("*", Everything);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // Removed by hand while the bucket was being listed, or closed to this user: it does not hide all others.
            return [];
        }
    }
}
