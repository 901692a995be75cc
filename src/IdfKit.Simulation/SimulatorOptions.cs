namespace IdfKit.Simulation;

/// <summary>How a <see cref="Simulator"/> works, for all its jobs.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Where jobs are staged on local disk, when they do not write their results there themselves.</summary>
    /// <value>Default null: the system's folder for temporary files.</value>
    public string? WorkDirectory { get; init; }

    /// <summary>The program <c>idfkit-engine</c>, which starts EnergyPlus confined and keeps it warm. Linux only.</summary>
    /// <value>Default null: the one beside this program or among its packages' native files; else EnergyPlus is started directly.</value>
    public string? EngineHostPath { get; init; }

    /// <summary>Whether EnergyPlus is kept loaded (100 MB) and jobs are forked from it. Needs <c>idfkit-engine</c>.</summary>
    /// <value>Default 1. 0: each job starts the plain program. From 1 to 64, all alike: EnergyPlus is kept loaded once.</value>
    public int WarmHosts
    {
        get;
        init => field = value is >= 0 and <= 64
            ? value
            : throw new ArgumentOutOfRangeException(nameof(WarmHosts), value, "There can be 0 to 64 warm hosts.");
    } = 1;
}
