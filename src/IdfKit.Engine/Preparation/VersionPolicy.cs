using System.Diagnostics.CodeAnalysis;

namespace IdfKit.Engine;

/// <summary>
/// What becomes of a model that is for another version than the EnergyPlus at hand, to which EnergyPlus itself only
/// warns. The third number of a version does not matter. A model that names no version runs; a model that is newer than
/// every EnergyPlus here is refused, whatever the policy.
/// </summary>
[SuppressMessage("Design", "CA1069:Enums values should not be duplicated", Justification = "the names of before mean what they meant")]
public enum VersionPolicy
{
    /// <summary>
    /// The EnergyPlus of the model's version runs it. Where there is none, the model is migrated to the next newer one
    /// by the Transition programs; where these are missing, it is refused.
    /// </summary>
    ExactOrMigrate,

    /// <summary>The EnergyPlus of the model's version runs it; where there is none, it is refused.</summary>
    Exact,

    /// <summary>The EnergyPlus of the model's version runs it; where there is none, the next newer one, unchanged.</summary>
    AsIs,

    /// <summary>The model is migrated to the newest EnergyPlus here, even where its own version is here too, or refused.</summary>
    Migrate,

    /// <summary>The same as <see cref="Exact"/>.</summary>
    Refuse = Exact,

    /// <summary>The same as <see cref="AsIs"/>.</summary>
    RunOlder = AsIs,
}
