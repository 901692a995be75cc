namespace IdfKit.Engine;

/// <summary>
/// What becomes of a model that is for an older EnergyPlus than the one that would run it. EnergyPlus itself only warns and then
/// reads fields that may have moved. A model for a newer one is always refused.
/// </summary>
public enum VersionPolicy
{
    /// <summary>It is refused, and the refusal names the transitions that it needs.</summary>
    Refuse,

    /// <summary>It is run as it is.</summary>
    RunAnyway,

    /// <summary>A copy is brought up to date by EnergyPlus's Transition programs; refused when one of them is not installed.</summary>
    Migrate,
}
