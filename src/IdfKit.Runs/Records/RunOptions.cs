namespace IdfKit.Runs;

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
