using System.Text.Json.Serialization;

using IdfKit.Studies;

namespace IdfKit.Drops.Studies;

/// <summary>Asks for a study to be planned.</summary>
/// <param name="Plan">The study: <c>s3://bucket/key</c>.</param>
internal sealed record PlanCall(string Plan)
{
    /// <summary>What S3's event says of it; null: nobody has said.</summary>
    public CalledObject? Object { get; init; }

    /// <summary>Who will run it: the same for each attempt of one; null: nobody has said.</summary>
    public string? Execution { get; init; }
}

/// <summary>An object as S3's "Object Created" event has it.</summary>
internal sealed record CalledObject
{
    public string? Key { get; init; }
    public long? Size { get; init; }

    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    public string? Sequencer { get; init; }

    [JsonPropertyName("version-id")]
    public string? VersionId { get; init; }
}

/// <summary>What became of a plan.</summary>
/// <param name="Status"><c>planned</c>, <c>refused</c>, <c>waiting</c>, <c>duplicate</c> or <c>superseded</c>.</param>
/// <param name="Message">One sentence.</param>
internal sealed record PlanAnswer(string Status, string Message)
{
    /// <summary>Where the results go: <c>s3://bucket/folder/</c>; null where there are none.</summary>
    public string? Study { get; init; }

    /// <summary>SHA-256 of the study, its bases, its weather and the options; null where there is no plan.</summary>
    public string? Plan { get; init; }

    public int Total { get; init; }
    public int ToRun { get; init; }

    /// <summary>How many calls of rows are to be under way at once.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>How many packed workers are to share the tickets.</summary>
    public int Workers { get; init; } = 1;

    public required CalledTickets Tickets { get; init; }

    /// <summary>What the rows will take, also where none is started; null where there is no plan.</summary>
    public StudyEstimate? Estimate { get; init; }
}

/// <summary>Where the calls of rows are listed.</summary>
internal sealed record CalledTickets(string Bucket, string Key, int Count);
