using System.Text.Json.Serialization;

using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>
/// <c>run.json</c>: what became of a dropped model. Claimed first, committed last, read first; its form is
/// <c>docs/schemas/run.schema.json</c>.
/// </summary>
public sealed record RunRecord
{
    /// <summary>Always <c>idfkit.run/1</c>.</summary>
    public string Schema { get; init; } = "idfkit.run/1";

    /// <summary>Unique to this attempt; it says which run holds the claim.</summary>
    public required string RunId { get; init; }

    /// <summary>Where the run stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>What a running run does; null once it has ended.</summary>
    public RunPhase? Phase { get; init; }

    /// <summary>A code of <see cref="RunReason"/> for what did not complete; null for what did.</summary>
    public string? Reason { get; init; }

    /// <summary>One sentence that a modeller understands; null when there is nothing to say.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// Keys in the model's bucket of which any may let a rejected model run when it arrives; <c>folder/*.epw</c> is any weather file
    /// right in that folder. A running record names what the one before it lacked. Otherwise empty for whatever was not
    /// rejected for want of a file.
    /// </summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What in a model that was rejected as unsafe could run code or reach other files: one sentence each, at most 100.</summary>
    public IReadOnlyList<string> Risks { get; init; } = [];

    /// <summary>The model.</summary>
    public required RunInput Input { get; init; }

    /// <summary>The weather; null when only design days ran.</summary>
    public RunWeather? Weather { get; init; }

    /// <summary>The EnergyPlus that ran, or was to run when its model was rejected; null when none had been chosen.</summary>
    public RunEngine? Engine { get; init; }

    /// <summary>What was asked for.</summary>
    public RunOptions Options { get; init; } = new();

    /// <summary>Objects that were appended to the staged copy of the model, as text.</summary>
    public IReadOnlyList<string> AddedObjects { get; init; } = [];

    /// <summary>What was done otherwise than the model says, or is worth knowing before its results are trusted: a sentence each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>What the Transition programs made of the model; null when it was not migrated.</summary>
    public RunMigration? Migration { get; init; }

    /// <summary>The segments in which it was simulated side by side; null when one process simulated it.</summary>
    public RunSegments? Segments { get; init; }

    /// <summary>The run that made the results, where they were taken from the cache and nothing was simulated; else null.</summary>
    public RunOrigin? ResultsOf { get; init; }

    /// <summary>The job file's label.</summary>
    public string? Label { get; init; }

    /// <summary>The job file's tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The study of which the model was a variant; null: none.</summary>
    public RunStudy? Study { get; init; }

    /// <summary>EnergyPlus's exit code; null when it did not end by itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended EnergyPlus; null when none did.</summary>
    public int? Signal { get; init; }

    /// <summary>What EnergyPlus complained of; null when it did not run.</summary>
    public RunDiagnostics? Diagnostics { get; init; }

    /// <summary>
    /// What EnergyPlus said, by kind, and what that means: at most twenty, those first that a modeller should see first.
    /// </summary>
    public IReadOnlyList<MessageGroup> MessageGroups { get; init; } = [];

    /// <summary>The figures, as <c>summary.json</c> has them; null when EnergyPlus did not run.</summary>
    public EnergySummary? Summary { get; init; }

    /// <summary>What this record had no room for, in a sentence; null when it is whole.</summary>
    public string? LeftOut { get; init; }

    /// <summary>Where the time went, in milliseconds.</summary>
    public RunTimings TimingsMs { get; init; } = new();

    /// <summary>
    /// EnergyPlus's largest resident memory; of <see cref="Segments"/> the sum of the largest, as many as ran at once, which is the most
    /// that they can have held together.
    /// </summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>EnergyPlus's processor time; of <see cref="Segments"/> the sum.</summary>
    public long? CpuMs { get; init; }

    /// <summary>What the run took of what AWS is paid for; null when nobody counted.</summary>
    public RunUsage? Usage { get; init; }

    /// <summary>Every file of the run but <c>run.json</c> and <c>progress.json</c>; readers trust no other.</summary>
    public IReadOnlyList<RunFile> Files { get; init; } = [];

    /// <summary>The invocation's request id; Lambda's retry of an event has the same one.</summary>
    public string? RequestId { get; init; }

    /// <summary>The version of the function.</summary>
    public string? FunctionVersion { get; init; }

    /// <summary>S3's order of the event that started the run.</summary>
    public string? Sequencer { get; init; }

    /// <summary>When the claim was made.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the run ended; null while it is running.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the claim of a running run ends by itself; null once the run has ended.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>Claimed and not ended.</summary>
    [JsonStringEnumMemberName("running")] Running,
    /// <summary>EnergyPlus completed, with or without severe errors.</summary>
    [JsonStringEnumMemberName("completed")] Completed,
    /// <summary>EnergyPlus ended with a fatal error; or the model was given up, because no attempt came to an end.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
    /// <summary>EnergyPlus was stopped at the deadline or the job's own limit.</summary>
    [JsonStringEnumMemberName("timed_out")] TimedOut,
    /// <summary>EnergyPlus died, or ended without a word about how.</summary>
    [JsonStringEnumMemberName("crashed")] Crashed,
    /// <summary>EnergyPlus was never started: the input cannot run.</summary>
    [JsonStringEnumMemberName("rejected")] Rejected,
}

/// <summary>What a running run does.</summary>
public enum RunPhase
{
    /// <summary>Fetching inputs and simulating: newer content may take over.</summary>
    [JsonStringEnumMemberName("simulating")] Simulating,
    /// <summary>Writing results: nobody may take over before the claim expires.</summary>
    [JsonStringEnumMemberName("uploading")] Uploading,
}
