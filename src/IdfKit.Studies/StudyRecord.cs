using System.Text.Json.Serialization;

using IdfKit.Runs;

namespace IdfKit.Studies;

/// <summary>
/// <c>study.json</c>: what became of a study, beside its table and its page. JSON Schema: <c>docs/schemas/study.schema.json</c>.
/// </summary>
public sealed record StudyRecord
{
    /// <summary>Always <c>idfkit.study/1</c>.</summary>
    public string Schema { get; init; } = "idfkit.study/1";

    /// <summary>How far it is.</summary>
    public required StudyStatus Status { get; init; }

    /// <summary>What a modeller has to know, in one sentence.</summary>
    public string? Message { get; init; }

    /// <summary>Everything that is wrong in the file, a sentence each; at most a hundred.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>The study's file.</summary>
    public required RunInput Input { get; init; }

    /// <summary>The models of which variants are made; the first is the one that is called like the study.</summary>
    [JsonPropertyName("base")]
    public IReadOnlyList<RunInput> Bases { get; init; } = [];

    /// <summary>The columns but <c>name</c>, in the order of the file.</summary>
    public IReadOnlyList<StudyParameter> Parameters { get; init; } = [];

    /// <summary>How many rows the file has.</summary>
    public int Rows { get; init; }

    /// <summary>How many rows have ended in each way, by status; <c>not_run</c> for those without a run.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>What failed, by cause, the most frequent first; at most twenty.</summary>
    public IReadOnlyList<StudyFailure> Failures { get; init; } = [];

    /// <summary>What the rows that were to run were expected to take; null when it was not asked.</summary>
    public StudyEstimate? Estimate { get; init; }

    /// <summary>What the runs of the table's rows have taken together; null when no record tells.</summary>
    public RunUsage? Usage { get; init; }

    /// <summary>
    /// What planning and collecting it have taken themselves, as far as they have told: each adds its own to what stands here. Null: nobody
    /// has counted.
    /// </summary>
    public RunUsage? OwnUsage { get; init; }

    /// <summary>When it was planned.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its table was written; null: not yet.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>SHA-256 of the study, its bases, its weather and the options; null when it was refused.</summary>
    public string? Plan { get; init; }

    /// <summary>Who planned it: the ARN of the execution, or the request; null where nobody said.</summary>
    public string? Execution { get; init; }

    /// <summary>How many rows the plan starts; 0 where all have run, or where there are more than may be started.</summary>
    public int? ToRun { get; init; }

    /// <summary>The order of the event that planned it among those of the same key; null outside S3.</summary>
    public string? Sequencer { get; init; }
}

/// <summary>How far a study is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StudyStatus>))]
public enum StudyStatus
{
    /// <summary>Something is wrong in it, and nothing was started.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>It waits for its model or its weather.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    /// <summary>It was read, checked and counted; its rows have not been started.</summary>
    [JsonStringEnumMemberName("planned")]
    Planned,

    /// <summary>Its rows are being run.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Its table has been written.</summary>
    [JsonStringEnumMemberName("collected")]
    Collected,
}

/// <summary>A column of a study, as its record tells it.</summary>
/// <param name="Column">The heading.</param>
/// <param name="Kind">What its values are for.</param>
/// <param name="Objects">How many objects of the first base it sets; null for what is no field.</param>
public sealed record StudyParameter(string Column, StudyColumnKind Kind, int? Objects);

/// <summary>Rows that failed for one cause.</summary>
/// <param name="Reason">The code of their records; null: their status says it.</param>
/// <param name="Sentence">What the first of them says.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Examples">The names of the first three.</param>
public sealed record StudyFailure(string? Reason, string Sentence, int Count, IReadOnlyList<string> Examples);

/// <summary>What the rows to run will take.</summary>
/// <param name="RowsToRun">How many rows have not run yet as they stand in the file.</param>
/// <param name="Seconds">Of all of them one after another; null: nothing like them has run.</param>
/// <param name="GbSeconds">On Lambda; null elsewhere.</param>
/// <param name="Requests">Of all calls that run them, by kind, without those of the plan and the table; null as the seconds are.</param>
/// <param name="How">How the seconds of a row are known, as a sentence.</param>
public sealed record StudyEstimate(int RowsToRun, double? Seconds, double? GbSeconds, StudyRequests? Requests, string How)
{
    /// <summary>In how many calls they are run; null: not known.</summary>
    public int? Calls { get; init; }

    /// <summary>How many bytes their results are; null as the seconds are.</summary>
    public long? BytesStored { get; init; }
}

/// <summary>Requests to S3.</summary>
/// <param name="Puts">That store.</param>
/// <param name="Gets">That read.</param>
/// <param name="Lists">That list.</param>
/// <param name="Deletes">That remove.</param>
public sealed record StudyRequests(long Puts, long Gets, long Lists, long Deletes);
