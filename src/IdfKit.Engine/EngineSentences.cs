namespace IdfKit.Engine;

/// <summary>What a modeller reads from this library: one line each, what happened to what, what to do next, who can do it.</summary>
internal static class EngineSentences
{
    // Versions. A version policy is called by its name in settings and job files.

    internal static string NewerThanAll(EnergyPlusVersion model, IReadOnlyList<EnergyPlusVersion> here) =>
        $"The model is for EnergyPlus {Short(model)}, and here {IsOrAre(here)} only the older {List(here)}. "
        + $"Save it for EnergyPlus {Short(here[0])}, or ask the owner of the function to add EnergyPlus {Short(model)}.";

    internal static string VersionNotHere(EnergyPlusVersion model, IReadOnlyList<EnergyPlusVersion> here, EnergyPlusVersion next) =>
        $"{IsForAnother(model, here)}. Convert it with IDFVersionUpdater ({Short(model)} → {Short(next)}), run it as it is (version: as_is), "
        + $"or ask the owner of the function to add EnergyPlus {Short(model)} or the Transition programs.";

    internal static string VersionNotExact(EnergyPlusVersion model, IReadOnlyList<EnergyPlusVersion> here, EnergyPlusVersion next) =>
        $"{IsForAnother(model, here)}, and only an equal version is asked for (version: exact). "
        + $"Convert it with IDFVersionUpdater ({Short(model)} → {Short(next)}), or ask the owner of the function to add EnergyPlus {Short(model)}.";

    internal static string EpJsonCannotMigrate(EnergyPlusVersion model, IReadOnlyList<EnergyPlusVersion> here, EnergyPlusVersion next) =>
        $"{IsForAnother(model, here)}. It cannot be converted as epJSON: give it as IDF (ConvertInputFormat of EnergyPlus {Short(model)} "
        + $"writes it, IDFVersionUpdater then converts it {Short(model)} → {Short(next)}), or run it as it is (version: as_is).";

    internal static string CannotMigrateTo(EnergyPlusVersion model, EnergyPlusVersion newest) =>
        $"The model is for EnergyPlus {Short(model)} and is to be converted for {Short(newest)} (version: migrate), "
        + "but not all Transition programs for that are here. "
        + $"Convert it with IDFVersionUpdater ({Short(model)} → {Short(newest)}), or ask the owner of the function to add the programs.";

    internal static string UnreadableVersion(string text) =>
        $"The model's Version object says '{OneLine.Of(text, 40)}', which is no version of EnergyPlus such as 25.2. "
        + "Correct it, or run the model as it is (version: as_is).";

    internal static string TransitionFailed(string program, string model, string how, string said) =>
        $"{program} failed on '{OneLine.Of(model, 50)}' ({how}): {AsWords(said)} {AfterTransition}";

    internal static string TransitionTimedOut(string program, string model, TimeSpan limit) =>
        $"{program} was stopped on '{OneLine.Of(model, 50)}' after {limit.TotalSeconds:0.###} s, its time limit. {AfterTransition}";

    internal static string TransitionMadeNothing(string program, string model, EnergyPlusVersion to, string said) =>
        $"{program} ended without a model of version {Short(to)} for '{OneLine.Of(model, 50)}': {AsWords(said)} {AfterTransition}";

    internal static string TransitionMadeGarbage(string program, string model, string fault) =>
        $"{program} made of '{OneLine.Of(model, 50)}' what cannot be read: {AsWords(fault)} {AfterTransition}";

    /// <summary>The programs for a step are not installed; said to the caller of the migration itself.</summary>
    internal static string NoTransitions(string model, EnergyPlusVersion from, EnergyPlusVersion to, string folder) =>
        $"'{OneLine.Of(model, 50)}' cannot be converted from EnergyPlus {Short(from)} to {Short(to)}: "
        + $"not all Transition programs for that are in {OneLine.Of(folder, 120)}; install them there.";

    internal static string Short(EnergyPlusVersion version) => FormattableString.Invariant($"{version.Major}.{version.Minor}");

    private const string AfterTransition = "Convert the model with IDFVersionUpdater and read what it says, or run it as it is (version: as_is).";

    private static string IsForAnother(EnergyPlusVersion model, IReadOnlyList<EnergyPlusVersion> here) =>
        $"The model is for EnergyPlus {Short(model)}, and here {IsOrAre(here)} {List(here)}";

    private static string IsOrAre(IReadOnlyList<EnergyPlusVersion> here) => here.Count == 1 ? "is" : "are";

    /// <summary>"25.2", "25.2 and 9.3", "25.2, 24.1, 9.3 and 2 more".</summary>
    private static string List(IReadOnlyList<EnergyPlusVersion> versions)
    {
        const int Shown = 3;
        string[] names = [.. versions.Take(Shown).Select(Short)];
        if (versions.Count > Shown) return $"{string.Join(", ", names)} and {versions.Count - Shown} more";
        return names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }

    private static string AsWords(string said) => said.Length == 0 ? "it printed nothing." : OneLine.Of(said, 90).TrimEnd('.') + ".";
}
