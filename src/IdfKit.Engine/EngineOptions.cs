using IdfKit.Engine.Children;

namespace IdfKit.Engine;

/// <summary>How EnergyPlus is started and held in bounds, for all runs of one <see cref="EnergyPlusRunner"/>.</summary>
public sealed record EngineOptions
{
    /// <summary>The program <c>idfkit-engine</c>, which starts EnergyPlus confined and keeps it warm. Linux only.</summary>
    /// <value>Default null: EnergyPlus is started directly; it then outlives a caller that is killed.</value>
    public string? EngineHostPath { get; init; }

    /// <summary>
    /// Whether EnergyPlus is kept loaded (100 MB) and runs are forked from it, as many at once as are asked for: each saves 0.15 s of
    /// processor time. Needs <see cref="EngineHostPath"/>.
    /// </summary>
    /// <value>Default 0: the plain program is run. From 1 to 64, all alike: EnergyPlus is kept loaded once.</value>
    public int WarmHosts
    {
        get;
        init => field = value is >= 0 and <= 64
            ? value
            : throw new ArgumentOutOfRangeException(nameof(WarmHosts), value, "There can be 0 to 64 warm hosts.");
    }

    /// <summary>Largest file that EnergyPlus may write; past it it is killed by SIGXFSZ (25). Linux only.</summary>
    /// <value>Default null: <see cref="MaxWrittenBytes"/>. Must be positive.</value>
    public long? MaxFileSizeBytes { get; init => field = Positive(value, nameof(MaxFileSizeBytes)); }

    /// <summary>
    /// Most bytes that may lie in the folders that a run may write; past it the run is ended. Linux bounds each file by it,
    /// too.
    /// </summary>
    /// <value>Default null: what the disk has room for when the run begins, less 32 MB. Must be positive.</value>
    public long? MaxWrittenBytes { get; init => field = Positive(value, nameof(MaxWrittenBytes)); }

    /// <summary>Most processes of a run at once, EnergyPlus itself among them; past it the run is ended. Linux only.</summary>
    /// <value>Default 64. At least 1.</value>
    public int MaxProcesses
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxProcesses), value, "A run has at least one process.");
    } = TreeBounds.UsualProcesses;

    /// <summary>Most processor time of EnergyPlus; past it it is killed by SIGXCPU (24). Whole seconds, rounded up. Linux only.</summary>
    /// <value>Default null: no limit. Must be positive.</value>
    public TimeSpan? MaxCpuTime
    {
        get;
        init => field = value is null || value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxCpuTime), value, "The limit must be positive.");
    }

    /// <summary>Most address space of EnergyPlus, which is more than it uses (25.2 needs about 400 MB to start). Linux only.</summary>
    /// <remarks>What EnergyPlus starts is held to it together with EnergyPlus, by a look now and then.</remarks>
    /// <value>Default null: no limit. Must be positive.</value>
    public long? MaxMemoryBytes { get; init => field = Positive(value, nameof(MaxMemoryBytes)); }

    /// <summary>Most processors that the parts of one run use at once, where the machine shows more than it gives.</summary>
    /// <value>Default null: all of the machine. At least 1, with which no run is simulated in parts.</value>
    public int? MaxProcessors
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxProcessors), value, "A run has at least one processor.");
    }

    /// <summary>
    /// Whether EnergyPlus is confined to its own folder, its run's files and the system's programs, by each of the
    /// <see cref="ConfinementLayers"/> that this machine has; <see cref="EnergyPlusRunner.Confinement"/> names them. Needs
    /// <see cref="EngineHostPath"/>.
    /// </summary>
    /// <remarks>
    /// It then starts no program of its own: ExpandObjects and ReadVarsESO are run before and after it, confined as it is.
    /// </remarks>
    /// <value>Default false.</value>
    public bool Confine { get; init; }

    /// <summary>Without which of the layers no runner is made, where <see cref="Confine"/> is set.</summary>
    /// <value>Default none: runs are confined as far as this machine goes.</value>
    public ConfinementLayers RequiredLayers { get; init; }

    /// <summary>How long EnergyPlus has to end by itself once it is told to stop; then it is killed.</summary>
    /// <value>Default 2 s. From 0 to 1 min.</value>
    public TimeSpan KillGrace
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromMinutes(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(KillGrace), value, "The grace is 0 s to 1 min.");
    } = TimeSpan.FromSeconds(2);

    /// <summary>The bounds that a child is given.</summary>
    internal ChildLimits Limits()
    {
        var cpuSeconds = MaxCpuTime is { } time ? (long)Math.Ceiling(time.TotalSeconds) : default(long?);
        return new(MaxFileSizeBytes, cpuSeconds, MaxMemoryBytes);
    }

    /// <summary>What starts a child that is confined, or held in limits from its first instruction.</summary>
    /// <param name="isReplay">
    /// For a recorded run: what plays it back is a script of ours, which starts other programs and runs nothing of the model.
    /// </param>
    /// <returns>Null when nothing is named that could, or this is not Linux.</returns>
    /// <exception cref="EnergyPlusException">NotFound: there is no file at <see cref="EngineHostPath"/>. NotConfined: this
    /// machine lacks one of <see cref="RequiredLayers"/>.</exception>
    internal HostProgram? Host(bool isReplay = false)
    {
        var path = EngineHostPath is not null && OperatingSystem.IsLinux() ? Path.GetFullPath(EngineHostPath) : null;
        if (path is not null && !File.Exists(path))
            throw new EnergyPlusException(EnergyPlusErrorKind.NotFound,
                $"The engine host {path} does not exist; build idfkit-engine there or leave EngineHostPath out.");
        var layers = Confine && path is not null ? HostProgram.Offered : ConfinementLayers.None;
        if (Confine && (RequiredLayers & ~layers) is not ConfinementLayers.None and var missing)
            throw new EnergyPlusException(EnergyPlusErrorKind.NotConfined, EngineSentences.NotConfined(missing, path is not null));
        if (isReplay) layers &= ~ConfinementLayers.Filter;
        return path is null ? null : new(path, layers, RequiredLayers & layers) { MemoryBytes = MaxMemoryBytes };
    }

    /// <summary>What a child is bound to together with all that it starts.</summary>
    internal TreeBounds Tree() => new(MaxProcesses, MaxMemoryBytes);

    private static long? Positive(long? value, string name) =>
        value is null or > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "The limit must be positive.");
}
