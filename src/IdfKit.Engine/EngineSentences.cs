namespace IdfKit.Engine;

/// <summary>
/// What a modeller reads from this library: one line each, what happened to what, what to do next, who can do it. A file for each of the
/// things that sentences are about; here what the owner of the machine reads, and the words that all use.
/// </summary>
internal static partial class EngineSentences
{
    private const int LongestName = 60;

    // Confinement

    internal static string NotConfined(ConfinementLayers missing, bool hasHost) =>
        $"Runs must be confined here, and {LackOf(missing, hasHost)}; run on a Linux that has it, or ask for less (IDFKIT_CONFINEMENT).";

    private static string LackOf(ConfinementLayers missing, bool hasHost) => !hasHost
        ? "idfkit-engine, which confines them, is not there"
        : missing.HasFlag(ConfinementLayers.Filter)
            ? "this machine's kernel lets no filter of system calls be set"
            : "this machine's kernel has no Landlock";

    // Words

    [SentencePart]
    internal static string Who(string? name) => name is null ? "The model" : $"'{OneLine.Of(name, LongestName)}'";

    [SentencePart]
    internal static string Owner(string className, string? name) =>
        name is null ? OneLine.Of(className, LongestName) : $"{OneLine.Of(className, LongestName)} \"{OneLine.Of(name, LongestName)}\"";

    [SentencePart]
    internal static string Short(EnergyPlusVersion version) =>
        OneLine.Of(FormattableString.Invariant($"{version.Major}.{version.Minor}"), 10);

    private static string AsWords(string said) => said.Length == 0 ? "it printed nothing." : OneLine.Of(said, 60).TrimEnd('.') + ".";
}
