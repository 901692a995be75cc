namespace IdfKit.Engine;

/// <summary>What a modeller reads from this library: one line each, what happened to what, what to do next, who can do it.</summary>
internal static partial class EngineSentences
{
    private const int LongestName = 60;
    private const int LongestPath = 100;

    // Models: what a file is.

    [SentencePart]
    internal static string Who(string? name) => name is null ? "The model" : $"'{OneLine.Of(name, LongestName)}'";

    internal static string Empty(string who) => $"{who} is empty.";

    internal static string NoObject(string who) => $"{who} holds no object: it has only comments or blanks.";

    internal static string TooLarge(string who) => $"{who} is larger than 2 GB, more than can be read.";

    internal static string TooLargeToConvert(string who, int megabytes) =>
        $"{who} is not written as UTF-8, and has more than the {megabytes} MB that are converted; save it as UTF-8.";

    internal static string Utf32(string who) => $"{who} is written as UTF-32, which EnergyPlus cannot read; save it as UTF-8.";

    internal static string Binary(string who, int line, int column) =>
        $"{who} is a binary file (a zero byte in line {line}, column {column}), not a model; drop the .idf or .epJSON itself.";

    internal static string WebPage(string who, string line) =>
        $"{who} is a web page (it begins with \"{OneLine.Of(line, LongestName)}\"), not a model; download the file itself and drop that.";

    internal static string Xml(string who) =>
        $"{who} is an XML file, not a model; export it as IDF or epJSON from the program that wrote it.";

    internal static string GitPointer(string who) =>
        $"{who} is only a Git LFS pointer to a model; run 'git lfs pull' and drop the model itself.";

    internal static string Gzip(string who) => $"{who} is compressed with gzip; unpack it and drop the model itself.";

    internal static string Zip(string who) =>
        $"{who} is a zip archive; give it the ending .zip if it holds a model with its files, or unpack it and drop the model.";

    internal static string Archive(string who, string kind) => $"{who} is a {kind} archive; unpack it and drop the model itself.";

    internal static string Document(string who, string kind) => $"{who} is {kind}, not a model; drop the .idf or .epJSON itself.";

    internal static string Weather(string who) => $"{who} is a weather file, not a model; give it the ending .epw.";

    internal static string JsonList(string who) => $"{who} is JSON, but no epJSON: it is a list where the classes of a model are expected.";

    internal static string OpenStudio(string who) =>
        $"{who} is an OpenStudio model, which EnergyPlus does not read; export it as IDF from the OpenStudio application "
        + "(File, Export, IDF) and drop that.";

    // Models: what is wrong in the text.

    internal static string UnreadableIdf(string who, string what, int line, int column, string text) =>
        $"{who} cannot be read as IDF: {what} (line {line}, column {column}: \"{OneLine.Of(text, LongestName)}\").";

    internal static string UnreadableEpJson(string who, string what, int line, int column, string text) =>
        $"{who} cannot be read as epJSON: {what} (line {line}, column {column}: \"{OneLine.Of(text, LongestName)}\").";

    internal static string IdfCutOff(string who, string className, int line) =>
        $"{who} ends in the middle of an object of class {OneLine.Of(className, LongestName)} (line {line}); "
            + "the file may be cut off, so copy it again.";

    internal static string EpJsonCutOff(string who, int line) =>
        $"{who} ends in the middle of its JSON (line {line}); the file may be cut off, so copy it again.";

    internal static string ClassTwice(string who, string className, int first, int second) =>
        $"{who} has the class {OneLine.Of(className, LongestName)} twice (lines {first} and {second}), of which EnergyPlus reads only one; "
        + "put all of its objects into one.";

    internal static string ObjectTwice(string who, string className, string name, int first, int second) =>
        $"{who} has {Owner(className, name)} twice (lines {first} and {second}), of which EnergyPlus reads only the last; "
        + "rename or remove one.";

    internal static string FieldTwice(string who, string owner, string field, int first, int second) =>
        $"{who} has the field {OneLine.Of(field, LongestName)} twice in {owner} (lines {first} and {second}), "
        + "of which EnergyPlus reads only one; remove the other.";

    [SentencePart]
    internal static string Owner(string className, string? name) =>
        name is null ? OneLine.Of(className, LongestName) : $"{OneLine.Of(className, LongestName)} \"{OneLine.Of(name, LongestName)}\"";

    // Models: the version that a model names.

    internal static string UnreadableVersion(string text) =>
        $"The model's Version is '{OneLine.Of(text, LongestName)}', which is no version of EnergyPlus; "
        + "write the one that the model was made for, such as 25.2.";

    internal static string BlankVersion(int line) =>
        $"The model's Version (line {line}) is blank; write the version of EnergyPlus that the model was made for, such as 25.2.";

    internal static string SeveralVersions(int count, int first, int second) =>
        $"The model has {count} Version objects (lines {first} and {second}{(count > 2 ? " …" : "")}), "
        + "and EnergyPlus stops at more than one; keep the right one.";

    // Models: what an untrusted model must not have.

    internal static string RunsPython(string owner, int line) => $"{owner} (line {line}) runs Python code.";

    internal static string CouplesPrograms(string owner, int line) => $"{owner} (line {line}) couples EnergyPlus to another program.";

    internal static string IncludesFile(string command, string argument, int line) =>
        $"{OneLine.Of(command, LongestName)} {OneLine.Of(argument, LongestPath)} (line {line}) reads another file into the model.";

    internal static string NamesFile(string owner, int line, bool isAbsolute, string path) =>
        $"{owner} (line {line}) names a file {(isAbsolute ? "by an absolute path" : "outside of the model's own folder")}: "
        + $"{OneLine.Of(path, LongestPath).TrimEnd('.')}.";

    // Models: what the staged copy was made of, as notices.

    internal static string WasUtf16(string who) => $"{who} is written as UTF-16, which EnergyPlus cannot read; it was run as UTF-8.";

    internal static string WasWindows1252(string who) =>
        $"{who} is not written as UTF-8, which EnergyPlus wants; it was read as Windows-1252 and run as UTF-8. "
        + "If names look wrong, save it as UTF-8 and drop it again.";

    internal static string WasShiftJis(string who) =>
        $"{who} is not written as UTF-8, which EnergyPlus wants; it was read as Shift-JIS and run as UTF-8. "
        + "If names look wrong, save it as UTF-8 and drop it again.";

    internal static string EndedWithControlZ(string who) =>
        $"{who} ends with the character Ctrl-Z, on which EnergyPlus stops; it was run without it.";

    internal static string EndsWithComma(string who, string className, int line) =>
        $"{who} ends with a comma after its last object ({OneLine.Of(className, LongestName)}, line {line}); "
        + "if more should follow, the file was cut off.";

    internal static string HoldsIdf(string who) => $"{who} holds IDF text, whatever its name says; it was run as .idf.";

    internal static string HoldsEpJson(string who) => $"{who} holds epJSON, whatever its name says; it was run as .epJSON.";

    // Models: why a run has no figures of a year.

    internal const string OnlyDesignDaysAsAsked =
        "Only the design days were simulated, as the job asks, so there are no yearly figures.";

    internal const string NothingSimulated =
        "Nothing was simulated: the model's SimulationControl runs neither the RunPeriod nor design days. "
        + "Set the one that is wanted to Yes.";

    internal static string OnlyDesignDays(bool hasRunPeriod) => hasRunPeriod
        ? "Only the design days were simulated, so there are no yearly figures: the model's SimulationControl says so. "
            + "For the whole year put {\"annual\": true} into the model's job file and drop the model again."
        : "Only the design days were simulated, so there are no yearly figures: the model has no RunPeriod. Add one for the whole year.";

    internal static string NothingToSimulate(bool hasDesignDays) => hasDesignDays
        ? "Nothing was simulated: the model has no RunPeriod, and its design days are not run. Add a RunPeriod."
        : "Nothing was simulated: the model has neither a RunPeriod nor design days. Add a RunPeriod.";

    // Preparation

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

    // Versions. A version policy is called by its name in settings and job files.

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

    [SentencePart]
    internal static string Short(EnergyPlusVersion version) =>
        OneLine.Of(FormattableString.Invariant($"{version.Major}.{version.Minor}"), 10);

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

    private static string AsWords(string said) => said.Length == 0 ? "it printed nothing." : OneLine.Of(said, 60).TrimEnd('.') + ".";

    // Confinement: what the owner of the machine reads.

    internal static string NotConfined(ConfinementLayers missing, bool hasHost) =>
        $"Runs must be confined here, and {LackOf(missing, hasHost)}; run on a Linux that has it, or ask for less (IDFKIT_CONFINEMENT).";

    private static string LackOf(ConfinementLayers missing, bool hasHost) => !hasHost
        ? "idfkit-engine, which confines them, is not there"
        : missing.HasFlag(ConfinementLayers.Filter)
            ? "this machine's kernel lets no filter of system calls be set"
            : "this machine's kernel has no Landlock";
}
