namespace IdfKit.Engine;

/// <summary>
/// What becomes of a model that is for another version than the EnergyPlus at hand, to which EnergyPlus itself only warns.
/// The third number does not matter, and a model that names no version is run.
/// </summary>
public enum VersionPolicy
{
    /// <summary>Older and newer models are refused; for older ones the message names the transitions that they need.</summary>
    Refuse,

    /// <summary>Older models are run as they are; newer ones are refused.</summary>
    RunOlder,

    /// <summary>Older models are rewritten by the Transition programs of the installation, or refused where one is missing; newer ones are refused.</summary>
    Migrate,
}
