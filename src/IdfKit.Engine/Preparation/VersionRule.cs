using IdfKit.Engine.Installations;
using IdfKit.Engine.Preparation;

namespace IdfKit.Engine;

/// <summary>Which models an EnergyPlus of some version may be given.</summary>
public static class VersionRule
{
    // The releases since 7.2 that have a Transition program of their own (EnergyPlus 25.2, PreProcess/IDFVersionUpdater).
    private static readonly EnergyPlusVersion[] Releases =
    [
        new(7, 2), new(8, 0), new(8, 1), new(8, 2), new(8, 3), new(8, 4), new(8, 5), new(8, 6), new(8, 7), new(8, 8), new(8, 9),
        new(9, 0), new(9, 1), new(9, 2), new(9, 3), new(9, 4), new(9, 5), new(9, 6),
        new(22, 1), new(22, 2), new(23, 1), new(23, 2), new(24, 1), new(24, 2), new(25, 1), new(25, 2),
    ];

    /// <summary>Why the model is refused; null when it may run, as it is or once it is migrated. Runs nothing.</summary>
    public static ModelRefusal? Check(Model model, EnergyPlusInstallation installation, VersionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(installation);
        if (model.VersionFault is { } fault)
            return policy is VersionPolicy.RunOlder ? null : new(ModelRefusalKind.WrongVersion, fault);
        if (model.Version is not { } version || IsSame(version, installation.Version)) return null;
        var (of, with) = ($"The model is for EnergyPlus {Short(version)}", $"EnergyPlus {Short(installation.Version)} runs it");
        if (version > installation.Version) return new(ModelRefusalKind.WrongVersion, $"{of} and the older {with}; use EnergyPlus {Short(version)}.");
        var steps = Steps(version, installation.Version);
        return policy switch
        {
            VersionPolicy.RunOlder => null,
            VersionPolicy.Migrate when model.Format is ModelFormat.EpJson =>
                new(ModelRefusalKind.WrongVersion, $"{of} and written as epJSON, which the Transition programs cannot read; migrate it as IDF ({steps}) or ask for it to be run as it is."),
            VersionPolicy.Migrate when TransitionProgram.Chain(installation.Transitions, version, installation.Version) is null =>
                new(ModelRefusalKind.WrongVersion, $"{of} and the Transition programs that it needs ({steps}) are not all in {Path.Combine(installation.Directory, InstallationFiles.VersionUpdater)}; install them there, or migrate the model elsewhere."),
            VersionPolicy.Migrate => null,
            _ => new(ModelRefusalKind.WrongVersion, $"{of} and {with}; migrate it first with EnergyPlus's IDFVersionUpdater ({steps}), or ask for it to be run as it is."),
        };
    }

    /// <summary>Whether the policy has this model rewritten before it runs.</summary>
    internal static bool Migrates(Model model, EnergyPlusInstallation installation, VersionPolicy policy) =>
        policy is VersionPolicy.Migrate && model.Version is { } version && version < installation.Version && !IsSame(version, installation.Version);

    internal static bool IsSame(EnergyPlusVersion one, EnergyPlusVersion other) => (one.Major, one.Minor) == (other.Major, other.Minor);

    /// <summary>"24.2 to 25.1, 25.1 to 25.2".</summary>
    private static string Steps(EnergyPlusVersion from, EnergyPlusVersion to)
    {
        EnergyPlusVersion[] stops = [from, .. Releases.Where(release => release > from && release < to && !IsSame(release, from) && !IsSame(release, to)), to];
        return string.Join(", ", stops.Zip(stops.Skip(1), (one, next) => $"{Short(one)} to {Short(next)}"));
    }

    private static string Short(EnergyPlusVersion version) => $"{version.Major}.{version.Minor}";
}
