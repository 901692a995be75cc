using IdfKit.Engine;

namespace IdfKit.Runs.Staging;

/// <summary>The files that a model names, on local disk where EnergyPlus will look for them; or why the model cannot be run.</summary>
internal sealed record CompanionResult
{
    /// <summary>Where EnergyPlus is to run, so that it finds them.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>What was staged, in the order of the model; each once.</summary>
    public IReadOnlyList<StagedCompanion> Files { get; init; } = [];

    /// <summary>What was done otherwise than the model says, a sentence each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Whether paths in the staged copy were written anew, so that it must be read again.</summary>
    public bool IsModelRewritten { get; init; }

    /// <summary>Why the model cannot be run, with the paths whose arrival may change that; null when all files are there.</summary>
    public Rejection? Rejection { get; init; }
}

/// <summary>A file that a model names.</summary>
/// <param name="Reference">Where it is named first.</param>
/// <param name="LocalPath">Where it is read.</param>
/// <param name="Path">Its path on the model's file system; null when it is of EnergyPlus's own data or of this machine.</param>
internal sealed record StagedCompanion(FileReference Reference, string LocalPath, string? Path);
