using System.Collections.ObjectModel;

namespace IdfKit.Storage;

/// <summary>One stored file.</summary>
/// <param name="Path">As the same file system takes it.</param>
/// <param name="SizeBytes">Length of the content.</param>
/// <param name="Modified">When it was last written, UTC; null where the back end does not say.</param>
/// <param name="ETag">Changes whenever the content does; without quotes; null where the back end has none. On S3 the
/// same content may have the same ETag again.</param>
public sealed record FileEntry(string Path, long SizeBytes, DateTimeOffset? Modified, string? ETag)
{
    /// <summary>The stored version, in a bucket that keeps versions; else null.</summary>
    public string? VersionId { get; init; }

    /// <summary>MIME type, where the back end keeps one and <c>Stat</c> was asked; else null.</summary>
    public string? ContentType { get; init; }

    /// <summary>
    /// How the content is encoded, such as <c>gzip</c>, where its writer said so and <c>Stat</c> was asked; else null. It is read as it is
    /// stored.
    /// </summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Whether it is a folder, as only <c>ListFolder</c> gives them; then the rest says nothing.</summary>
    public bool IsFolder { get; init; }

    /// <summary>What the writer attached; keys in lower case. Empty from <c>List</c>, which does not fetch it.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
