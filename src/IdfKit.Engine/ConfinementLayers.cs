namespace IdfKit.Engine;

/// <summary>What keeps EnergyPlus, which reads strangers' files, to its own run; each holds without the other.</summary>
[Flags]
public enum ConfinementLayers
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>
    /// A list of the system calls that it may make (seccomp): no socket, no other process, no link or device. In every
    /// Linux since 3.17, unless a sandbox around this process keeps it away.
    /// </summary>
    Filter = 1,

    /// <summary>
    /// Its own folder, its run's files and the system's programs, nothing else (Landlock). In Linux since 5.13, where it
    /// is switched on.
    /// </summary>
    Landlock = 2,
}
