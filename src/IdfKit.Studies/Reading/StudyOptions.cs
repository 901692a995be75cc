using IdfKit.Engine;

namespace IdfKit.Studies;

/// <summary>How a study is read.</summary>
public sealed record StudyOptions
{
    /// <summary>
    /// The EnergyPlus whose schema decides about addresses and values; null: what <see cref="EnergyPlusInstallation.FindSeveral"/>
    /// finds, of which each base model goes to the one of its version.
    /// </summary>
    public EnergyPlusInstallation? Installation { get; init; }

    /// <summary>
    /// The weather of rows that name none; null: the file that is called like the base model, else the only <c>.epw</c> beside it.
    /// </summary>
    public string? Weather { get; init; }

    /// <summary>
    /// Unpacks a base that is a <c>.zip</c>: is given its path on the study's file system, and gives that of the one model in it on this
    /// machine, with what the model names beside it, for as long as the study is used. Null: such a base is refused.
    /// </summary>
    public Func<string, CancellationToken, Task<string>>? OpenBundle { get; init; }

    /// <summary>Whether the file system gives, for a <c>.zip</c>, the model that is in it.</summary>
    internal bool HasOpenBundles { get; init; }

    /// <summary>What there is to choose among where <see cref="Installation"/> is null; null: what is found.</summary>
    internal IReadOnlyList<EnergyPlusInstallation>? Installations { get; init; }
}
