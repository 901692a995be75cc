using System.IO.Compression;
using System.Text;

using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops.Inputs;

/// <summary>One file of a bundle: the path that it is unpacked to, and why it is refused.</summary>
internal sealed class BundleEntry
{
    private const int UnixFileType = 0xF000, UnixLink = 0xA000;
    private const int LongestNameBytes = 255; // of the file systems that we unpack on

    // What macOS and Windows leave in folders; no one asked for it.
    private static readonly string[] Leftovers = ["__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"];

    private BundleEntry(ZipArchiveEntry entry, string path) => (Entry, Path) = (entry, path);

    public ZipArchiveEntry Entry { get; }

    /// <summary>With <c>/</c>, without <c>.</c>, and with accents on their letters.</summary>
    public string Path { get; }

    /// <summary>Reads an entry; null for folders, and for what only a system put there.</summary>
    public static BundleEntry? Of(ZipArchiveEntry entry)
    {
        var written = entry.FullName.Replace('\\', '/');
        if (written.EndsWith('/') || IsLeftover(written)) return null;
        return new(entry, FileNames.Compose(WithoutDots(written)));
    }

    /// <summary>Why the bundle is refused for this entry; null when it is not.</summary>
    public string? WhyRefused()
    {
        if (!StoragePath.IsValid(Path)) return DropSentences.EntryIsNoPath(Path);
        if (Path.Split('/').Any(IsTooLong)) return DropSentences.EntryNameTooLong(Path, LongestNameBytes);
        if ((Entry.ExternalAttributes >> 16 & UnixFileType) == UnixLink) return DropSentences.EntryIsLink(Path);
        return Entry.IsEncrypted ? DropSentences.EntryIsEncrypted(Path) : null;
    }

    private static bool IsTooLong(string name) => Encoding.UTF8.GetByteCount(name) > LongestNameBytes;

    private static string WithoutDots(string path) =>
        path.StartsWith('/') ? path : string.Join('/', path.Split('/').Where(segment => segment != "."));

    private static bool IsLeftover(string path)
    {
        var segments = path.Split('/');
        return segments[^1].StartsWith("._", StringComparison.Ordinal)
            || segments.Any(segment => Leftovers.Contains(segment, StringComparer.OrdinalIgnoreCase));
    }
}
