namespace IdfKit.Cli;

/// <summary>What the tool says of the files that are named to it.</summary>
internal static partial class CliSentences
{
    private const int MostNamed = 3;

    public static string NotThere { get; } = "There is no such file.";

    public static string NoFile(string given) => given.EndsWith('\r')
        ? $"'{Clean(given[..^1])}' has a carriage return behind it: the list that it stands in has the line ends of Windows; "
            + "take them out (tr -d '\\r')."
        : $"there is no file or folder '{Clean(given)}'.";

    public static string NoMatch(string pattern) => $"no file matches '{Clean(pattern)}'.";

    public static string NoPattern(string pattern) =>
        $"'{Clean(pattern)}' matches folders and no file; write '{Clean(pattern.TrimEnd('/'))}/*.idf' for the models in them.";

    public static string NoModelIn(IReadOnlyList<string> given) => given is [var only] && IsMacroModel(only)
        ? MacroModel(only)
        : $"there is no model (.idf, .epJSON or .zip) in {Clean(string.Join(", ", given.Take(MostNamed)))}.";

    public static string MacroModel(string name) =>
        $"{Clean(name)} is a model with macros (##): run EPMacro on it and name the .idf that EPMacro writes.";

    public static string SameName(string one, string other) =>
        $"'{Clean(one)}' and '{Clean(other)}' would go to the same place; name the folder that holds both.";

    public static string NoFileBut(string given) => $"'{Clean(given)}' is no file, but a pipe, a socket or a device.";

    public static string NoWeather(string weather) => $"there is no weather file '{Line(weather)}'.";

    private static bool IsMacroModel(string name) => name.EndsWith(".imf", StringComparison.OrdinalIgnoreCase);
}
