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

/// <summary>Asks for rows of a study to be run, one after another.</summary>
internal record RowsCall
{
    public IReadOnlyList<CalledRow> Rows { get; init => field = value ?? []; } = [];

    /// <summary>Where the results go: <c>s3://bucket/folder/</c>.</summary>
    public required string Study { get; init; }

    /// <summary>The plan that these rows are of.</summary>
    public string? Plan { get; init; }

    public int Ticket { get; init; }
    public string? Execution { get; init; }
}

/// <summary>A row as a call hands it over.</summary>
/// <param name="N">Its number, from 1.</param>
/// <param name="Name">Its name.</param>
internal sealed record CalledRow(int N, string Name)
{
    /// <summary>What it sets, by heading, numbers with a point.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init => field = value ?? Empty; } = Empty;

    /// <summary>Its weather, relative to the study's folder; null: as its base would run.</summary>
    public string? Weather { get; init; }

    /// <summary>SHA-256 of all that its run depended on when it was planned; null: nobody has planned it.</summary>
    public string? Identity { get; init; }

    private static Dictionary<string, string> Empty { get; } = [];
}

/// <summary>The same call with what is left of it.</summary>
internal sealed record RowsAnswer : RowsCall
{
    public int Left { get; init; }

    /// <summary>After how many seconds the call is to be made again, when rows are left.</summary>
    public int Wait { get; init; }

    /// <summary><c>ran</c> or <c>superseded</c>.</summary>
    public required string Status { get; init; }

    /// <summary>How many of the rows have ended, by their status.</summary>
    public IReadOnlyDictionary<string, int> Ended { get; init; } = new Dictionary<string, int>();
}

/// <summary>Asks for the table of a study.</summary>
/// <param name="Collect">Where its results are: <c>s3://bucket/folder/</c>.</param>
internal sealed record CollectCall(string Collect)
{
    /// <summary>The plan that is to be collected; null: whichever lies there.</summary>
    public string? Plan { get; init; }

    public string? Execution { get; init; }
}

/// <summary>What a table was made of.</summary>
/// <param name="Status"><c>collected</c> or <c>superseded</c>.</param>
/// <param name="Message">One sentence.</param>
internal sealed record CollectAnswer(string Status, string Message)
{
    public required string Study { get; init; }
    public int Rows { get; init; }
    public IReadOnlyDictionary<string, int> Ended { get; init; } = new Dictionary<string, int>();
    public int NotRun { get; init; }
    public string? Table { get; init; }
    public string? Page { get; init; }

    /// <summary>What somebody may be sent of it; null where another plan's end will be told.</summary>
    public CalledMail? Mail { get; init; }
}

/// <summary>A mail.</summary>
/// <param name="Subject">At most 100 characters of ASCII, none of which ends a line: SNS takes no others.</param>
/// <param name="Text">Plain text, of several lines.</param>
internal sealed record CalledMail(string Subject, string Text);
