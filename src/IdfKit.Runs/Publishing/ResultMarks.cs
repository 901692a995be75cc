using System.Collections.ObjectModel;

using IdfKit.Storage;

namespace IdfKit.Runs.Publishing;

/// <summary>What a job file has put onto every result of its run: a label, which becomes metadata, and tags.</summary>
/// <param name="Label">Any text; null: none.</param>
/// <param name="Tags">As Amazon's S3 takes them.</param>
internal sealed record ResultMarks(string? Label, IReadOnlyDictionary<string, string> Tags)
{
    public static ResultMarks None { get; } = new(null, ReadOnlyDictionary<string, string>.Empty);

    /// <summary>What of it <paramref name="fileSystem"/> keeps.</summary>
    public WriteOptions On(IAsyncFileSystem fileSystem)
    {
        var write = new WriteOptions();
        if (Label is not null && fileSystem.Capabilities.HasFlag(StorageCapabilities.Metadata))
            write = write with { Metadata = new Dictionary<string, string> { ["label"] = Label } };
        return fileSystem.Capabilities.HasFlag(StorageCapabilities.Tags) ? write with { Tags = Tags } : write;
    }
}
