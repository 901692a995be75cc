using IdfKit.Engine.Preparation;

namespace IdfKit.Engine;

/// <summary>Which EnergyPlus may be given a model of some version.</summary>
public static class VersionRule
{
    /// <summary>
    /// Why the model is refused where this is the only EnergyPlus; null when it may run, as it is or once it is
    /// migrated. Runs nothing.
    /// </summary>
    public static ModelRefusal? Check(Model model, EnergyPlusInstallation installation, VersionPolicy policy) =>
        Decide(model, [installation], policy) is VersionDecision.Refuse refuse ? refuse.Refusal : null;

    /// <summary>What is to become of the model. Reads which Transition programs there are, and runs nothing.</summary>
    /// <param name="model">The model as it was given, or as EPMacro has made it.</param>
    /// <param name="installations">
    /// What there is, at least one; the first is the default. One that plays recorded runs back takes models of its own version only.
    /// </param>
    /// <param name="policy">What is asked for.</param>
    internal static VersionDecision Decide(Model model, IReadOnlyList<EnergyPlusInstallation> installations, VersionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfZero(installations.Count);
        if (model.Version is { } version) return new VersionChoice(version, model.Format, installations).Decide(policy);
        if (model.VersionFault is { } fault && policy is not VersionPolicy.AsIs) return Refused(fault);
        return new VersionDecision.RunAsIs(installations[0]);
    }

    internal static VersionDecision.Refuse Refused(string message) => new(new(ModelRefusalKind.WrongVersion, message));
}
