using IdfKit.Engine;
using IdfKit.Runs;

namespace IdfKit.Simulation;

/// <summary>How one job is simulated.</summary>
public sealed record SimulationOptions
{
    // EnergyPlus's own rules stand with the request that it is given.
    private static readonly EngineRequest Rules = new() { ModelPath = "", OutputDirectory = "" };

    /// <summary>Whether the whole weather file is simulated, whatever the model says. Not together with <see cref="DesignDay"/>.</summary>
    public bool Annual { get; init; }

    /// <summary>Whether only design days are simulated, whatever the model says.</summary>
    public bool DesignDay { get; init; }

    /// <summary>Whether HVACTemplate and ground heat transfer objects are expanded where the model has them.</summary>
    /// <value>Default true.</value>
    public bool ExpandObjects { get; init; } = true;

    /// <summary>Whether ReadVarsESO writes <c>.csv</c> afterwards.</summary>
    public bool ReadVars { get; init; }

    /// <summary>
    /// Whether the series of <c>.eso</c> and <c>.mtr</c> are also written as Parquet: <c>timeseries.hourly.parquet</c> and so on, a
    /// file for each frequency.
    /// </summary>
    /// <value>Default false: the files of a run are those of the plain program.</value>
    public bool TimeSeries { get; init; }

    /// <summary>
    /// Longest wall-clock run of EnergyPlus itself; staging and uploading are not counted. What it has written by then
    /// is kept.
    /// </summary>
    /// <value>Default 12 h. Must be positive.</value>
    public TimeSpan Timeout { get; init => field = (Rules with { Timeout = value }).Timeout; } = TimeSpan.FromHours(12);

    /// <summary>Longest wall-clock run of each program that sees the model before EnergyPlus does.</summary>
    /// <value>Default 2 min. Must be positive.</value>
    public TimeSpan PreprocessorTimeout { get; init => field = (Rules with { Timeout = value }).Timeout; } = TimeSpan.FromMinutes(2);

    /// <summary>What the names of output files begin with.</summary>
    /// <value>Default "eplus". A part of a file name: not empty, no separator.</value>
    public string OutputPrefix { get; init => field = (Rules with { OutputPrefix = value }).OutputPrefix; } = "eplus";

    /// <summary>How output files are named: L <c>eplustbl.htm</c>, C <c>eplusTable.htm</c>, D <c>eplus-table.htm</c>.</summary>
    /// <value>Default 'L'.</value>
    public char OutputSuffix { get; init => field = (Rules with { OutputSuffix = value }).OutputSuffix; } = 'L';

    /// <summary>What becomes of a model that is for another version of EnergyPlus.</summary>
    /// <value>Default ExactOrMigrate.</value>
    public VersionPolicy VersionPolicy { get; init; }

    /// <summary>
    /// Whether EPMacro carries out the <c>##</c> lines of a model, which may read other files; else such a model is
    /// refused.
    /// </summary>
    public bool RunMacros { get; init; }

    /// <summary>Output variables that the run reports besides the model's own.</summary>
    public IReadOnlyList<OutputRequest> Variables { get; init; } = [];

    /// <summary>Meters that the run reports besides the model's own.</summary>
    public IReadOnlyList<OutputRequest> Meters { get; init; } = [];

    /// <summary>
    /// Whether the run also reports, in the file of meters alone, each end use by month and the facility's electricity by hour, where the
    /// model has them and does not report them itself: <c>report.html</c> shows them.
    /// </summary>
    /// <value>Default false: the run leaves the files that the plain program leaves.</value>
    public bool ReportMeters { get; init; }

    /// <summary>
    /// Whether the run periods of a model with several, or the year of a model in parts, are simulated side by side where processors are
    /// free, and their results joined. Jobs of a batch that run at once never are.
    /// </summary>
    /// <value>Default Off: one process simulates the model.</value>
    public Parallelism Parallel { get; init; }

    /// <summary>Arguments handed to EnergyPlus as they are, before the model's path.</summary>
    public IReadOnlyList<string> ExtraArguments { get; init; } = [];

    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    internal void Check(SimulationJob job)
    {
        if (Annual && DesignDay)
            throw new ArgumentException($"The job '{job}' asks for Annual and DesignDay at once; set one of them.", nameof(job));
        if (Annual && job.Weather is null)
            throw new ArgumentException($"The job '{job}' asks for Annual and names no weather file; name one.", nameof(job));
    }
}
