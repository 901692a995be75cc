namespace IdfKit.Engine;

/// <summary>What is known of an ended run.</summary>
public sealed record EngineRun
{
    /// <summary>How it ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>The program's exit code; null when a signal ended it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended it (11: segmentation fault, 9: killed); null when it exited by itself.</summary>
    public int? Signal { get; init; }

    /// <summary>Wall-clock time, from its start, or from asking the host for a process, to its end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// Processor time of EnergyPlus and of the programs that it ran, from the kernel. What the host took for loading it, once for
    /// all its runs, is not included.
    /// </summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>Most memory that EnergyPlus held at once, from the kernel; 0 when it could not be had.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>The bound for which it was ended; null when there was none. The outcome is <see cref="RunOutcome.Crashed"/> then.</summary>
    public ExceededBound? Exceeded { get; init; }

    /// <summary>
    /// Whether what it printed says that it was refused memory: by the C++ library, by the loader, or by the host's own
    /// runtime.
    /// </summary>
    public bool WasRefusedMemory { get; init; }

    /// <summary>
    /// What the loader said of a program that EnergyPlus itself started (ReadVarsESO, ExpandObjects) and that did not
    /// run, and what to do about it: a sentence. Null when there was none. The run goes on without what that program
    /// makes.
    /// </summary>
    public string? HelperFault { get; init; }

    /// <summary>
    /// The system call for which a confined run was ended: its name (<c>socket</c>); empty when it is not known, as when
    /// the plain program made it. Null when the run was not ended for one.
    /// </summary>
    public string? RefusedCall { get; init; }

    /// <summary>Whether it was forked from a host that had EnergyPlus loaded.</summary>
    public bool Warm { get; init; }

    /// <summary>The last few kilobytes that it printed, standard output and error in the order they came.</summary>
    public string OutputTail { get; init; } = "";
}
