using System.Text.Json.Serialization;

namespace IdfKit.Runs;

/// <summary>The study of which a model was a variant.</summary>
/// <param name="Key">The study's file.</param>
/// <param name="Name">The variant's name.</param>
/// <param name="Row">Its place among the rows, from 1, when it was run.</param>
/// <param name="Identity">SHA-256 of all that the run depends on: what has run with the same one is not run again.</param>
public sealed record RunStudy(string Key, string Name, int Row, string Identity)
{
    /// <summary>The ETag of the study's file without quotes; null where it has none.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>Which attempt at the row this is, from 1: those before it died. Null where nobody counts.</summary>
    public int? Attempt { get; init; }
}
