namespace IdfKit.Engine;

/// <summary>How a staged model is made ready for EnergyPlus.</summary>
public sealed record PreparationOptions
{
    /// <summary>What becomes of a model of another version.</summary>
    /// <value>Default ExactOrMigrate.</value>
    public VersionPolicy VersionPolicy { get; init; }

    /// <inheritdoc cref="Preprocessors.Engine"/>
    public EngineOptions? Engine { get; init; }

    /// <summary>What the modeller calls the model, in messages.</summary>
    /// <value>Default null: the name of the staged copy.</value>
    public string? ModelName { get; init; }

    /// <summary>Where a model that was migrated is kept as the Transition programs left it, before anything is added to it.</summary>
    /// <value>Default null: nowhere.</value>
    public string? MigratedPath { get; init; }

    /// <summary>Whether EPMacro carries out <c>##</c> lines, which may read other files; else a model that has them is refused.</summary>
    public bool RunMacros { get; init; }

    /// <summary>Whether HVACTemplate and ground heat transfer objects are expanded where the model has them.</summary>
    /// <value>Default true.</value>
    public bool ExpandObjects { get; init; } = true;

    /// <summary>Output variables that the run reports besides the model's own.</summary>
    public IReadOnlyList<OutputRequest> Variables { get; init; } = [];

    /// <summary>Meters that the run reports besides the model's own.</summary>
    public IReadOnlyList<OutputRequest> Meters { get; init; } = [];

    /// <summary>
    /// Whether the run also reports, in the file of meters alone, each end use by month and the facility's electricity by hour, where the
    /// model has objects with such meters and does not report them itself. Models that simulate no run period are left alone.
    /// </summary>
    public bool ReportMeters { get; init; }

    /// <summary>Whether a whole year is simulated whatever the model says (EnergyPlus's <c>-a</c>).</summary>
    public bool Annual { get; init; }

    /// <summary>The weather, which Slab and Basement read; null: models that need these are refused.</summary>
    public string? WeatherPath { get; init; }

    /// <summary>Longest wall-clock run of each program that sees the model before EnergyPlus does.</summary>
    /// <value>Default 2 min. Must be positive.</value>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Timeout), value, "The timeout must be positive.");
    } = TimeSpan.FromMinutes(2);
}
