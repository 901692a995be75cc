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

/// <summary>The weather of a run.</summary>
/// <param name="Bucket">Its bucket; empty for a job on a file system, which has paths only.</param>
/// <param name="Key">Its key or path.</param>
/// <param name="Source">How it was found: <c>job</c>, <c>job_file</c>, <c>metadata</c>, <c>sibling</c>, <c>folder</c>
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

/// <summary>The EnergyPlus of a run.</summary>
/// <param name="Version">Such as <c>25.2.0</c>.</param>
/// <param name="Build">Such as <c>cf7368216c</c>; null when the program does not say.</param>
/// <param name="Replayed">Whether a recorded run was replayed instead of simulating.</param>
public sealed record RunEngine(string Version, string? Build, bool Replayed)
{
    /// <summary>
    /// What kept it to its own run: <c>filter, landlock 7</c> (of system calls; Landlock and its version), one of the
    /// two, or <c>none</c>. Null in records that were written before it was noted.
    /// </summary>
    public string? Confinement { get; init; }
}

/// <summary>What a run was asked for, from the job file and the function's settings.</summary>
public sealed record RunOptions
{
    /// <summary>A whole year was forced.</summary>
    public bool Annual { get; init; }

    /// <summary>Only design days were run.</summary>
    public bool DesignDay { get; init; }

    /// <summary>ExpandObjects ran first.</summary>
    public bool ExpandObjects { get; init; }

    /// <summary>ReadVarsESO ran afterwards.</summary>
    public bool Readvars { get; init; }

    /// <summary>Whether the series were to be written as Parquet, too; null in records that were written before it was noted.</summary>
    public bool? Timeseries { get; init; }

    /// <summary>Whether the meters of the page were to be added; null in records that were written before it was noted.</summary>
    public bool? ReportMeters { get; init; }

    /// <summary>What of the model was to be simulated side by side: <c>periods</c> or <c>year</c>; null: nothing.</summary>
    public string? Parallel { get; init; }

    /// <summary>The longest run, in seconds.</summary>
    public double? TimeoutSeconds { get; init; }

    /// <summary>The files to keep, as globs; null: <see cref="Profile"/> says which.</summary>
    public IReadOnlyList<string>? Outputs { get; init; }

    /// <summary>Which files are kept: <c>all</c>, <c>lean</c> or <c>essential</c>; null where <see cref="Outputs"/> says.</summary>
    public string? Profile { get; init; }
}

/// <summary>The run that made results which another one has taken over.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Bucket">The bucket of its model.</param>
/// <param name="Key">The key of its model.</param>
/// <param name="StartedAt">When it began.</param>
public sealed record RunOrigin(string RunId, string Bucket, string Key, DateTimeOffset StartedAt);

/// <summary>The segments in which a model was simulated side by side, and whose results were joined.</summary>
/// <param name="Kind">What a segment is: <c>periods</c>, a run period each, or <c>year</c>, a stretch of one.</param>
/// <param name="Count">How many.</param>
/// <param name="Names">The run periods in their order; of a year the days of each part that count.</param>
/// <param name="NotProduced">
/// What one process would have left, and the join does not make: files, and reports among the tables of the database.
/// </param>
/// <param name="Tables">The tables of each run period, which stand in their place.</param>
public sealed record RunSegments(
    string Kind, int Count, IReadOnlyList<string> Names, IReadOnlyList<string> NotProduced, IReadOnlyList<string> Tables)
{
    /// <summary>Of a year: for how many days EnergyPlus takes one position of the sun; parts begin and end there. Else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ShadingPeriodDays { get; init; }

    /// <summary>Of a year: how many days all parts have simulated, those that are simulated twice among them. Else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SimulatedDays { get; init; }

    /// <summary>Of a year: what all parts have taken of processors, in seconds. Else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CpuSeconds { get; init; }

    /// <summary>Of a year: where parts meet, and how far they are apart there. Else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunSeam>? Seams { get; init; }
}

/// <summary>Where two parts of a year meet. Both have simulated some days behind it, and are compared there.</summary>
/// <param name="Date">Its day, such as <c>07-01</c>.</param>
/// <param name="LeadInDays">How many days the later part had simulated before it.</param>
/// <param name="ComparedDays">How many days are compared.</param>
/// <param name="WorstMeter">The meter of a fuel that is furthest apart.</param>
/// <param name="WorstMeterPercentOfYear">The sum of its daily differences, in percent of its sum of the year.</param>
/// <param name="ZoneAirMaxK">The largest difference of a zone's air in an hour, K.</param>
public sealed record RunSeam(
    string Date, int LeadInDays, int ComparedDays, string WorstMeter, double WorstMeterPercentOfYear, double ZoneAirMaxK);

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

/// <summary>What EnergyPlus complained of.</summary>
/// <param name="Warnings">Warnings, as counted by EnergyPlus itself.</param>
/// <param name="Severe">Severe errors.</param>
/// <param name="Fatal">Fatal errors: 0 or 1.</param>
/// <param name="FirstErrors">The first severe and fatal messages, at most ten.</param>
public sealed record RunDiagnostics(long Warnings, long Severe, long Fatal, IReadOnlyList<string> FirstErrors);

/// <summary>Where the time of a run went, in milliseconds; null for what did not happen.</summary>
public sealed record RunTimings
{
    /// <summary>From the event to the claim.</summary>
    public long? Queued { get; init; }

    /// <summary>Fetching and checking the inputs.</summary>
    public long? Stage { get; init; }

    /// <summary>Preparing the staged copy.</summary>
    public long? Preprocess { get; init; }

    /// <summary>EnergyPlus.</summary>
    public long? Simulate { get; init; }

    /// <summary>Summary and upload of the results.</summary>
    public long? Upload { get; init; }

    /// <summary>From the claim to the commit.</summary>
    public long? Total { get; init; }
}

/// <summary>
/// What a run took, from its claim to the write of its last record, of what AWS is paid for. Every request counts, also one that was
/// refused or sent again; that last write counts among <paramref name="Puts"/>, once, and not among the bytes.
/// </summary>
/// <param name="Puts">Requests that store: each file, each part of a large one with its beginning and end, each record.</param>
/// <param name="Gets">Requests that read an object, or what is known of it.</param>
/// <param name="Lists">Requests that list, one for each page.</param>
/// <param name="Deletes">Requests that remove.</param>
/// <param name="BytesIn">Content that was fetched.</param>
/// <param name="BytesOut">Content that was stored.</param>
/// <param name="GbSeconds">The function's memory, in units of 1,024 MB, times the seconds; null outside Lambda.</param>
public sealed record RunUsage(long Puts, long Gets, long Lists, long Deletes, long BytesIn, long BytesOut, double? GbSeconds);

/// <summary>A result file of a run.</summary>
/// <param name="Path">Relative to the folder of <c>run.json</c>.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Sha256">Of its content, in lower-case hexadecimal digits.</param>
public sealed record RunFile(string Path, long SizeBytes, string ContentType, string Sha256)
{
    /// <summary>How it is encoded: <c>gzip</c>, which browsers decode; size and checksum are of what is stored. Null: not at all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContentEncoding { get; init; }
}

/// <summary><c>progress.json</c>: how far a running run is.</summary>
/// <param name="RunId">Of the run.</param>
/// <param name="Phase">Such as <c>warmup</c> or <c>simulating</c>.</param>
/// <param name="Percent">0 to 100 of the current environment, when it can be told.</param>
/// <param name="Environment">The run period or design day under way.</param>
/// <param name="ElapsedSeconds">Since EnergyPlus started.</param>
public sealed record RunProgress(string RunId, string Phase, double? Percent, string? Environment, double ElapsedSeconds)
{
    /// <summary>Always <c>idfkit.progress/1</c>.</summary>
    public string Schema { get; init; } = "idfkit.progress/1";
}
