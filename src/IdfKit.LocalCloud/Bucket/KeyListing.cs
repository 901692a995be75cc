using System.IO.Enumeration;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>The folder's keys, ordered by their UTF-8 bytes. Names are read, and no file is looked at.</summary>
internal static class KeyListing
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>The keys that start with a prefix.</summary>
    /// <param name="folder">The bucket.</param>
    /// <param name="prefix">Empty for all.</param>
    /// <param name="isOneLevel">Of each folder behind the prefix one key stands for all.</param>
    /// <param name="withMarkers">Whether folders that are objects are among them.</param>
    public static List<string> Keys(BucketFolder folder, string prefix, bool isOneLevel = false, bool withMarkers = true)
    {
        // Only the folder that the prefix surely lies in is walked.
        var slash = prefix.LastIndexOf('/');
        var start = slash < 0 ? "" : prefix[..(slash + 1)];
        if (start.Length > 0 && !ObjectKey.TryParse(start, out _) || !Directory.Exists(Path.Combine(folder.Root, start))) return [];
        List<string> keys = [.. new Walk(folder, prefix, isOneLevel, withMarkers).Below(start)];
        keys.Sort(CompareUtf8);
        return keys;
    }

    /// <summary>UTF-16 order differs from UTF-8 order for what lies beyond the basic plane: those are surrogates, which
    /// sort before U+E000 to U+FFFF.</summary>
    public static int CompareUtf8(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length) return a.Length.CompareTo(b.Length);
        var (aIsHigh, bIsHigh) = (char.IsSurrogate(a[same]), char.IsSurrogate(b[same]));
        return aIsHigh == bIsHigh ? a[same].CompareTo(b[same]) : aIsHigh ? 1 : -1;
    }

    private sealed class Walk(BucketFolder folder, string prefix, bool isOneLevel, bool withMarkers)
    {
        public IEnumerable<string> Below(string path)
        {
            if (withMarkers && path.Length > 0 && path.StartsWith(prefix, StringComparison.Ordinal)
                && File.Exists(ObjectRecord.PathOf(folder.Hidden, path)))
                yield return path;
            folder.Work.Folder();
            foreach (var name in Names(Path.Combine(folder.Root, path)))
            {
                var key = path + name;
                if (!name.EndsWith('/'))
                {
                    if (key.StartsWith(prefix, StringComparison.Ordinal)) yield return key;
                    continue;
                }
                if (key == ObjectKey.HiddenFolder + "/" || !key.StartsWith(prefix, StringComparison.Ordinal)) continue;
                foreach (var below in isOneLevel ? Below(key).Take(1) : Below(key)) yield return below;
            }
        }

        /// <summary>What is right in a folder; folders end in a slash, and links to folders are left out.</summary>
        private static List<string> Names(string path)
        {
            try
            {
                var entries = new FileSystemEnumerable<string>(path, NameOf, Everything)
                {
                    ShouldIncludePredicate = (ref entry) => !entry.IsDirectory || !IsLink(ref entry),
                };
                return [.. entries];
            }
            catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
            {
                // Removed by hand while the bucket was being listed, or closed to this user: it does not hide all others.
                return [];
            }
        }

        private static string NameOf(ref FileSystemEntry entry) =>
            entry.IsDirectory ? string.Concat(entry.FileName, "/") : entry.FileName.ToString();

        // It may lead out of the bucket, or in circles.
        private static bool IsLink(ref FileSystemEntry entry) =>
            (entry.Attributes & FileAttributes.ReparsePoint) != 0 && entry.ToFileSystemInfo().LinkTarget is not null;
    }
}
