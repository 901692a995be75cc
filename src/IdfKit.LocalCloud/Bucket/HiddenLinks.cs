using System.IO.Enumeration;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>
/// Links in the folder that keeps what belongs to a bucket. A bucket that came from elsewhere may bring some, and what is written there
/// would then be written to wherever they lead.
/// </summary>
internal static class HiddenLinks
{
    private static readonly EnumerationOptions All = new()
    {
        AttributesToSkip = 0, RecurseSubdirectories = true, IgnoreInaccessible = false,
    };

    /// <exception cref="IOException">The folder is a link, or holds one; the message names it.</exception>
    public static void Refuse(string hiddenFolder)
    {
        if (FirstOf(hiddenFolder) is { } link)
            throw new IOException($"{link} is a symbolic link, which is not followed: remove it, since what is kept there "
                + "would be written to wherever it leads.");
    }

    private static string? FirstOf(string folder)
    {
        if (new DirectoryInfo(folder).LinkTarget is not null) return folder;
        if (!Directory.Exists(folder)) return null;
        var links = new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToFullPath(), All)
        {
            ShouldIncludePredicate = (ref entry) => IsLink(ref entry),
            ShouldRecursePredicate = (ref entry) => !IsLink(ref entry),
        };
        return links.FirstOrDefault();
    }

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}
