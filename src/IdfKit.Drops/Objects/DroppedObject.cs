using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>An object that was put into a bucket, as an event or a caller tells of it.</summary>
/// <param name="Bucket">The bucket that it lies in.</param>
/// <param name="Key">Its key.</param>
public sealed record DroppedObject(string Bucket, ObjectKey Key)
{
    /// <summary>Its version, on a bucket with versioning.</summary>
    public string? VersionId { get; init; }

    /// <summary>Its ETag without quotes, when the event says it.</summary>
    public string? ETag { get; init; }

    /// <summary>Its size in bytes, when the event says it.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>S3's order of events of this key; null when the source has none (a direct call).</summary>
    public string? Sequencer { get; init; }

    /// <summary>Whether it is no longer there: then it is older than any run of it, so that no results give way to it.</summary>
    public bool IsGone { get; init; }

    /// <summary>When the event happened; null when the source does not say.</summary>
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>Whether a caller named what is not stored: it was looked for, and nothing was found.</summary>
    internal bool WasNeverThere => Sequencer is null && IsGone;

    /// <summary>The late companion that starts this model again; null for a model's own event.</summary>
    public ObjectKey? Companion { get; init; }

    /// <summary>
    /// Whether a run of this very object that the function's deadline stopped is run again: true where there is no
    /// deadline.
    /// </summary>
    public bool MayTakeLonger { get; init; }

    /// <summary>What has been asked of storage for its run before that began; null: nothing.</summary>
    internal RequestCounts? Asked { get; init; }

    /// <summary><c>s3://bucket/key</c>, for messages.</summary>
    public string Url => S3Url.Of(Bucket, Key.Value);
}
