namespace IdfKit.Engine;

/// <summary>What is wrong with EnergyPlus itself, as opposed to a model or its results.</summary>
public enum EnergyPlusErrorKind
{
    /// <summary>No EnergyPlus where it was looked for, or not the version asked for.</summary>
    NotFound,

    /// <summary>It is there but does not run: a missing library, no right to execute it, a wrong processor.</summary>
    Broken,

    /// <summary>The machine did not let it start: no memory, no process, no descriptor. Trying again may help.</summary>
    CannotStart,

    /// <summary>
    /// A program of its family that the model needs (ExpandObjects, Slab, Basement, EPMacro, Transition) is not in this
    /// installation.
    /// </summary>
    ProgramMissing,

    /// <summary>Such a program ran and did not make what it is for; the message holds what it printed.</summary>
    PreprocessorFailed,

    /// <summary>Such a program was stopped at its time limit.</summary>
    PreprocessorTimedOut,

    /// <summary>The machine does not offer the confinement that is asked for (<see cref="EngineOptions.RequiredLayers"/>).</summary>
    NotConfined,
}

/// <summary>
/// EnergyPlus, or a program that prepares models for it, cannot be found or does not do its work; the message says what
/// to do.
/// </summary>
public sealed class EnergyPlusException(
    EnergyPlusErrorKind kind, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What went wrong.</summary>
    public EnergyPlusErrorKind Kind { get; } = kind;

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient => Kind == EnergyPlusErrorKind.CannotStart;
}
