using System.Collections.ObjectModel;

namespace IdfKit.Storage;

/// <summary>How a write is done; the default replaces what is there.</summary>
public sealed record WriteOptions
{
    /// <summary>Write only if nothing is stored at the path, else <see cref="StorageErrorKind.PreconditionFailed"/>.</summary>
    public bool IfAbsent { get; init; }

    /// <summary>
    /// Write only over the content with this <see cref="FileEntry.ETag"/>, else
    /// <see cref="StorageErrorKind.PreconditionFailed"/>.
    /// </summary>
    /// <value>With or without quotes; null: no condition.</value>
    public string? IfMatch { get; init => field = value?.Trim('"'); }

    /// <summary>MIME type; a hint that is ignored where the back end keeps none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Small texts stored beside the content: keys of ASCII letters, digits and <c>-</c>, about 2 KB in all.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// Tags of the object, beside those of the file system. Amazon takes at most 10:
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html.
    /// </summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Throws what a back end must refuse before it does anything.</summary>
    /// <exception cref="ArgumentException">Both conditions are given.</exception>
    /// <exception cref="NotSupportedException">A condition, metadata or a tag is given that
    /// <paramref name="capabilities"/> does not hold.</exception>
    public void ThrowIfUnsupported(StorageCapabilities capabilities)
    {
        if (IfAbsent && IfMatch is not null)
            throw new ArgumentException("IfAbsent and IfMatch contradict each other: give one.");
        if ((IfAbsent || IfMatch is not null) && !capabilities.HasFlag(StorageCapabilities.Conditions))
            throw new NotSupportedException("This file system has no conditional writes: see its Capabilities.");
        if (Metadata.Count > 0 && !capabilities.HasFlag(StorageCapabilities.Metadata))
            throw new NotSupportedException("This file system keeps no metadata: see its Capabilities.");
        if (Tags.Count > 0 && !capabilities.HasFlag(StorageCapabilities.Tags))
            throw new NotSupportedException("This file system keeps no tags: see its Capabilities.");
    }
}
