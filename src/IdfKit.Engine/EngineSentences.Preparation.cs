namespace IdfKit.Engine;

/// <summary>What is said where a model is made ready for EnergyPlus: its version, its macros, its templates.</summary>
internal static partial class EngineSentences
{
    // The version that a model names

    internal static string UnreadableVersion(string text) =>
        $"The model's Version is '{OneLine.Of(text, LongestName)}', which is no version of EnergyPlus; "
        + "write the one that the model was made for, such as 25.2.";

    internal static string BlankVersion(int line) =>
        $"The model's Version (line {line}) is blank; write the version of EnergyPlus that the model was made for, such as 25.2.";

    internal static string SeveralVersions(int count, int first, int second) =>
        $"The model has {count} Version objects (lines {first} and {second}{(count > 2 ? " …" : "")}), "
        + "and EnergyPlus stops at more than one; keep the right one.";

    // Macros and templates

    internal static string HasMacros(string command, int line) =>
        $"The model has EPMacro lines (the first is {OneLine.Of(command, 40)} in line {line}), which EnergyPlus does not read; "
        + "run EPMacro on it and use the .idf that it writes.";

    internal const string EpJsonNotExpanded =
        "The model has HVACTemplate or ground heat transfer objects and is written as epJSON, "
        + "which ExpandObjects cannot read; convert it to IDF with EnergyPlus's ConvertInputFormat.";

    internal static string ProgramMissing(string program, string directory, EnergyPlusVersion version) =>
        $"The model needs {OneLine.Of(program, 40)}, which is not in {OneLine.Of(directory, 120)}. "
        + $"Install the whole of EnergyPlus {version} there, or ask the owner of the function to.";

    internal static string PreparedCannotBeRead(string fault) =>
        "A program that readies models for EnergyPlus made of this one what cannot be read: "
            + $"{AsWords(fault)} Run that program by hand and look at what it says.";

    // Versions. A version policy is called by its name in settings and job files

    internal static string NewerThanAll(EnergyPlusVersion model, IReadOnlyList<EnergyPlusVersion> here) =>
        $"The model is for EnergyPlus {Short(model)}, and here {IsOrAre(here)} only the older {List(here)}. "
        + $"Save it for EnergyPlus {List([.. here.Take(1)])}, or ask the owner of the function to add EnergyPlus {Short(model)}.";

    internal static string VersionNotHere(EnergyPlusVersion model, IReadOnlyList<EnergyPlusVersion> here, EnergyPlusVersion next) =>
        $"{IsForAnother(model, here)}. Convert it with IDFVersionUpdater ({Short(model)} → {Short(next)}), "
            + "run it as it is (version: as_is), "
        + $"or ask the owner of the function to add EnergyPlus {Short(model)} or the Transition programs.";

    internal static string VersionNotExact(EnergyPlusVersion model, IReadOnlyList<EnergyPlusVersion> here, EnergyPlusVersion next) =>
        $"{IsForAnother(model, here)}, and only an equal version is asked for (version: exact). "
        + $"Convert it with IDFVersionUpdater ({Short(model)} → {Short(next)}), or ask the owner of the "
        + $"function to add EnergyPlus {Short(model)}.";

    internal static string EpJsonCannotMigrate(EnergyPlusVersion model, IReadOnlyList<EnergyPlusVersion> here, EnergyPlusVersion next) =>
        $"{IsForAnother(model, here)}. It cannot be converted as epJSON: give it as IDF (ConvertInputFormat of EnergyPlus {Short(model)} "
        + $"writes it, IDFVersionUpdater then converts it {Short(model)} → {Short(next)}), or run it as it is (version: as_is).";

    internal static string CannotMigrateTo(EnergyPlusVersion model, EnergyPlusVersion newest) =>
        $"The model is for EnergyPlus {Short(model)} and is to be converted for {Short(newest)} (version: migrate), "
        + "but not all Transition programs for that are here. "
        + $"Convert it with IDFVersionUpdater ({Short(model)} → {Short(newest)}), or ask the owner of the function to add the programs.";

    // Transitions

    internal static string TransitionFailed(string program, string model, string how, string said) =>
        $"{OneLine.Of(program, 42)} failed on '{OneLine.Of(model, 36)}' ({OneLine.Of(how, 30)}): {AsWords(said)} {AfterTransition}";

    internal static string TransitionTimedOut(string program, string model, TimeSpan limit) =>
        $"{OneLine.Of(program, 42)} was stopped on '{OneLine.Of(model, 36)}' after {limit.TotalSeconds:0.#} s, "
            + $"its time limit. {AfterTransition}";

    internal static string TransitionMadeNothing(string program, string model, EnergyPlusVersion to, string said) =>
        $"{OneLine.Of(program, 42)} ended without a model of version {Short(to)} for "
            + $"'{OneLine.Of(model, 36)}': {AsWords(said)} {AfterTransition}";

    internal static string TransitionMadeGarbage(string program, string model, string fault) =>
        $"{OneLine.Of(program, 42)} made of '{OneLine.Of(model, 36)}' what cannot be read: {AsWords(fault)} {AfterTransition}";

    /// <summary>The programs for a step are not installed; said to the caller of the migration itself.</summary>
    internal static string NoTransitions(string model, EnergyPlusVersion from, EnergyPlusVersion to, string folder) =>
        $"'{OneLine.Of(model, 36)}' cannot be converted from EnergyPlus {Short(from)} to {Short(to)}: "
        + $"not all Transition programs for that are in {OneLine.Of(folder, 120)}; install them there.";

    private const string AfterTransition = "Convert the model with IDFVersionUpdater and read what it says, "
        + "or run it as it is (version: as_is).";

    private static string IsForAnother(EnergyPlusVersion model, IReadOnlyList<EnergyPlusVersion> here) =>
        $"The model is for EnergyPlus {Short(model)}, and here {IsOrAre(here)} {List(here)}";

    private static string IsOrAre(IReadOnlyList<EnergyPlusVersion> here) => here.Count == 1 ? "is" : "are";

    /// <summary>"25.2", "25.2 and 9.3", "25.2, 24.1, 9.3 and 2 more".</summary>
    private static string List(IReadOnlyList<EnergyPlusVersion> versions)
    {
        const int Shown = 3;
        string[] names = [.. versions.Take(Shown).Select(Short)];
        if (versions.Count > Shown) return $"{string.Join(", ", names)} and {versions.Count - Shown} more";
        return names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }
}
