namespace IdfKit.Engine;

/// <summary>Why a model is not given to EnergyPlus.</summary>
public enum ModelRefusalKind
{
    /// <summary>It is for another version of EnergyPlus.</summary>
    WrongVersion,

    /// <summary>It has EPMacro lines, and running them was not asked for.</summary>
    Macros,

    /// <summary>A program that must see it first is not installed, or failed on it.</summary>
    Preprocessor,

    /// <summary>Such a program was stopped at its time limit.</summary>
    PreprocessorTimeout,

    /// <summary>What such a program made of it cannot be read.</summary>
    NotAModel,
}

/// <summary>A model that is not run, which is an expected ending and no exception.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Message">One sentence that a modeller understands, with what to do.</param>
/// <param name="Cause">The typed error behind it, when there was one.</param>
public sealed record ModelRefusal(ModelRefusalKind Kind, string Message, Exception? Cause = null);
