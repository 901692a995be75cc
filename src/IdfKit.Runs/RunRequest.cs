using IdfKit.Engine;
using IdfKit.Runs.Publishing;

namespace IdfKit.Runs;

/// <summary>How one model is to be run: what its job file and the settings, or a program's options, ask for.</summary>
internal sealed record RunRequest
{
    public bool Annual { get; init; }
    public bool DesignDay { get; init; }
    public bool ExpandObjects { get; init; } = true;
    public bool ReadVars { get; init; }

    /// <summary>Whether the series are also written as Parquet.</summary>
    public bool TimeSeries { get; init; }

    /// <summary>The longest run of EnergyPlus that was asked for; null: <see cref="LongestRun"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The longest run of EnergyPlus where nobody asked for less.</summary>
    public TimeSpan LongestRun { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The longest run of each preprocessor.</summary>
    public TimeSpan PreprocessorTimeout { get; init; } = TimeSpan.FromMinutes(2);

    public string OutputPrefix { get; init; } = "eplus";
    public char OutputSuffix { get; init; } = 'L';
    public IReadOnlyList<string> ExtraArguments { get; init; } = [];
    public IReadOnlyList<OutputRequest> Variables { get; init; } = [];
    public IReadOnlyList<OutputRequest> Meters { get; init; } = [];

    /// <inheritdoc cref="PreparationOptions.ReportMeters"/>
    public bool ReportMeters { get; init; }

    /// <summary>What may be simulated side by side.</summary>
    public Parallelism Parallel { get; init; }

    /// <summary>Whether other jobs of its batch run at once.</summary>
    public bool IsAmongOthers { get; init; }

    /// <summary>Whether this run may take more than one process: the rows of a study are themselves side by side.</summary>
    public bool MaySplit => Parallel is not Parallelism.Off && !IsAmongOthers && Study is null;

    public VersionPolicy VersionPolicy { get; init; }

    /// <summary>Whether the model may run code, reach other programs and files outside its folder.</summary>
    public bool AllowUnsafeObjects { get; init; }

    /// <summary>Whether EPMacro carries out the <c>##</c> lines of the model.</summary>
    public bool RunMacros { get; init; }

    /// <summary>The result files to keep, as globs; null: those of <see cref="Profile"/>.</summary>
    public IReadOnlyList<string>? Outputs { get; init; }

    public OutputProfile Profile { get; init; }

    /// <summary>Whether a lean run's report of tables is stored compressed.</summary>
    public bool Compresses { get; init; }

    /// <summary>Whether files of any name are results: a program runs models that it trusts, and these may write some.</summary>
    public bool KeepsAnyName { get; init; }

    public string? Label { get; init; }
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The study of which the model is a variant; null: none.</summary>
    public RunStudy? Study { get; init; }

    /// <summary>The request as a record tells it.</summary>
    /// <param name="designDay">Whether only design days run, asked for or for want of weather.</param>
    /// <param name="expands">Whether the model needs ExpandObjects and gets it.</param>
    public RunOptions ForRecord(bool designDay, bool expands) => new()
    {
        Annual = Annual,
        DesignDay = designDay,
        ExpandObjects = expands,
        Readvars = ReadVars,
        Timeseries = TimeSeries,
        ReportMeters = ReportMeters,
        Parallel = Parallel is Parallelism.Off || Study is not null ? null : ParallelismNames.NameOf(Parallel),
        TimeoutSeconds = Timeout?.TotalSeconds,
        Outputs = Outputs,
        Profile = Outputs is null ? OutputProfiles.NameOf(Profile) : null,
    };
}
