namespace IdfKit.Engine;

/// <summary>One run of EnergyPlus on local files.</summary>
public sealed record EngineRequest
{
    /// <summary>The model: <c>.idf</c> or <c>.epJSON</c>. It is only read.</summary>
    public required string ModelPath { get; init; }

    /// <summary>The weather file; null: EnergyPlus is given none, which is enough for design days.</summary>
    public string? WeatherPath { get; init; }

    /// <summary>Where results go. Created when missing; must not be shared by runs that overlap.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>Where EnergyPlus runs: relative paths in the model start here, and it leaves its scratch files here.</summary>
    /// <value>Default null: <see cref="OutputDirectory"/>.</value>
    public string? WorkingDirectory { get; init; }

    /// <summary>Whether the whole weather file is simulated, whatever the model says (<c>-a</c>).</summary>
    public bool Annual { get; init; }

    /// <summary>Whether only design days are simulated, whatever the model says (<c>-D</c>).</summary>
    public bool DesignDay { get; init; }

    /// <summary>Whether ExpandObjects runs first (<c>-x</c>).</summary>
    public bool ExpandObjects { get; init; }

    /// <summary>Whether ReadVarsESO writes <c>.csv</c> afterwards (<c>-r</c>).</summary>
    public bool ReadVars { get; init; }

    /// <summary>Longest wall-clock run of EnergyPlus itself; staging is not counted.</summary>
    /// <value>Default 12 min. Must be positive.</value>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Timeout), value, "The timeout must be positive.");
    } = TimeSpan.FromMinutes(12);

    /// <summary>
    /// Ends the run early as <see cref="Timeout"/> does: it is <see cref="RunOutcome.TimedOut"/>, and what it has
    /// written is kept.
    /// </summary>
    /// <value>Default: never.</value>
    public CancellationToken Stop { get; init; }

    /// <summary>What the names of output files begin with (<c>-p</c>).</summary>
    /// <value>Default "eplus". A part of a file name: not empty, no separator.</value>
    public string OutputPrefix
    {
        get;
        init => field = value.Length > 0 && value.AsSpan().IndexOfAny('/', '\\', '\0') < 0 && value[0] != '-' ? value
            : throw new ArgumentException(
                $"\"{value}\" cannot begin the names of output files: it must not be empty, begin with '-' or hold a separator.",
                nameof(OutputPrefix));
    } = "eplus";

    /// <summary>How output files are named (<c>-s</c>): L <c>eplustbl.htm</c>, C <c>eplusTable.htm</c>, D <c>eplus-table.htm</c>.</summary>
    /// <value>Default 'L'.</value>
    public char OutputSuffix
    {
        get;
        init => field = value is 'L' or 'C' or 'D'
            ? value
            : throw new ArgumentException($"'{value}' is no style of output names; there are L, C and D.", nameof(OutputSuffix));
    } = 'L';

    /// <summary>Arguments handed to EnergyPlus as they are, before the model's path.</summary>
    public IReadOnlyList<string> ExtraArguments { get; init; } = [];

    /// <summary>Among how many runs memory, processes and disk are shared that <see cref="EngineOptions"/> gives to one.</summary>
    internal int Shares { get; init; } = 1;
}
