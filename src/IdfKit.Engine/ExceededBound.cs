namespace IdfKit.Engine;

/// <summary>A bound of a run that was reached, so that the run was ended, or has no whole results.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Most">What was allowed, or had room: processes, bytes or files.</param>
public sealed record ExceededBound(BoundKind Kind, long Most);

/// <summary>What the bounds of a run are on.</summary>
public enum BoundKind
{
    /// <summary>Processes alive at once: EnergyPlus, and all that it started (<see cref="EngineOptions.MaxProcesses"/>).</summary>
    Processes,

    /// <summary>Memory of all of them together (<see cref="EngineOptions.MaxMemoryBytes"/>).</summary>
    Memory,

    /// <summary>Bytes in the folders that the run may write (<see cref="EngineOptions.MaxWrittenBytes"/>), or in one file.</summary>
    WrittenBytes,

    /// <summary>Files in these folders.</summary>
    Files,

    /// <summary>
    /// Room on the disk, which others may have taken: EnergyPlus was stopped, or its files are cut off; the bytes are those that it had
    /// written.
    /// </summary>
    Disk,
}
