namespace IdfKit.Engine;

/// <summary>Whether an EnergyPlus may run a model, by their versions.</summary>
public sealed record VersionCheck
{
    private VersionCheck() { }

    /// <summary>Why it may not; null when it may. A sentence without its full stop, so that a way out can be added.</summary>
    public string? Refusal { get; private init; }

    /// <summary>Whether <see cref="VersionPolicy.RunAnyway"/> would run what is refused here.</summary>
    public bool MayRunAnyway { get; private init; }

    /// <summary>What must be done to the model first (<see cref="Preprocessors.MigrateAsync"/>); mostly nothing.</summary>
    public IReadOnlyList<VersionTransition> Transitions { get; private init; } = [];

    /// <summary>
    /// The same version runs, whatever the third number, and so does a model that says none. An older one goes by the policy. A newer
    /// one is refused.
    /// </summary>
    public static VersionCheck Of(Model model, EnergyPlusInstallation installation, VersionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(installation);
        if (model.Version is not { } wanted) return new();
        var engine = installation.Version;
        var order = (wanted.Major, wanted.Minor).CompareTo((engine.Major, engine.Minor));
        if (order == 0 || (order < 0 && policy == VersionPolicy.RunAnyway)) return new();

        var versions = $"The model is for EnergyPlus {wanted.Major}.{wanted.Minor} and the one here is {engine.Major}.{engine.Minor}";
        if (order > 0) return new() { Refusal = $"{versions}, which is older; install EnergyPlus {wanted.Major}.{wanted.Minor}" };

        var steps = VersionTransition.Between(wanted, engine);
        if (steps.Count == 0) return Refused($"{versions}; no Transition program of EnergyPlus starts at {wanted.Major}.{wanted.Minor}, so update the model by hand");
        var needed = $"{versions}; it needs the transitions {VersionTransition.Describe(steps)}";
        if (policy != VersionPolicy.Migrate) return Refused($"{needed}: update it with EnergyPlus's IDFVersionUpdater");
        if (model.Format != ModelFormat.Idf) return Refused($"{needed}, which read IDF only; convert the model to IDF with EnergyPlus's ConvertInputFormat");
        return steps.FirstOrDefault(step => installation.TransitionPath(step) is null) is { } missing
            ? Refused($"{needed}, and {missing.ProgramName} is not installed in {Path.Combine(installation.Directory, InstallationFiles.Updater)}; install EnergyPlus whole")
            : new() { Transitions = steps };
    }

    private static VersionCheck Refused(string why) => new() { Refusal = why, MayRunAnyway = true };
}
