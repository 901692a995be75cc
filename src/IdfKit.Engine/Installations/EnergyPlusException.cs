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

    /// <summary>A program that sees the model before EnergyPlus does ended without what was asked of it; mostly the model's fault.</summary>
    PreprocessorFailed,

    /// <summary>A program that sees the model before EnergyPlus does took longer than it may, and was killed.</summary>
    PreprocessorTimedOut,
}

/// <summary>EnergyPlus, or a program that comes with it, cannot be found, started or used; the message says where it was looked for and what to do.</summary>
public sealed class EnergyPlusException(EnergyPlusErrorKind kind, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What went wrong.</summary>
    public EnergyPlusErrorKind Kind { get; } = kind;

    /// <summary>The program that it is about ("ExpandObjects", "Slab"); null: EnergyPlus itself.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient => Kind == EnergyPlusErrorKind.CannotStart;
}
