using System.Text.Json.Serialization;

namespace IdfKit.Runs;

/// <summary>The model of a run.</summary>
/// <param name="Bucket">Its bucket; empty for a job on a file system, which has paths only.</param>
/// <param name="Key">Its key or path.</param>
public sealed record RunInput(string Bucket, string Key)
{
    /// <summary>The version that ran; null on a bucket without versioning.</summary>
    public string? VersionId { get; init; }

    /// <summary>Its ETag without quotes.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>Its size.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>When it was put.</summary>
    public DateTimeOffset? LastModified { get; init; }
}
