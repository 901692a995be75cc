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

    /// <summary>What there is to choose among where <see cref="Installation"/> is null; null: what is found.</summary>
    internal IReadOnlyList<EnergyPlusInstallation>? Installations { get; init; }
}
