using System.Text.Json.Serialization;

namespace IdfKit.Runs;

/// <summary>The weather of a run.</summary>
/// <param name="Bucket">Its bucket; empty for a job on a file system, which has paths only.</param>
/// <param name="Key">Its key or path.</param>
/// <param name="Source">How it was found: <c>job</c>, <c>job_file</c>, <c>study</c>, <c>metadata</c>, <c>sibling</c>, <c>folder</c>
/// or <c>default</c>.</param>
public sealed record RunWeather(string Bucket, string Key, string Source)
{
    /// <summary>The version that ran; null on a bucket without versioning.</summary>
    public string? VersionId { get; init; }

    /// <summary>Its ETag without quotes.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>Its size.</summary>
    public long? SizeBytes { get; init; }
}
