namespace IdfKit.Engine.Children;

/// <summary>
/// The variables that EnergyPlus gets: constants and its own folder. Nothing is handed on from the caller, whose environment
/// holds credentials.
/// </summary>
internal static class ChildEnvironment
{
    /// <summary>For a host that waits: what <see cref="For"/> sets comes with the job.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Waiting { get; } = For("/");

    public static IReadOnlyList<KeyValuePair<string, string>> For(string workingDirectory) => OperatingSystem.IsWindows()
        ? [
            new("SystemRoot", Environment.GetFolderPath(Environment.SpecialFolder.Windows)),
            new("TEMP", workingDirectory),
            new("TMP", workingDirectory),
        ]
        : [
            new("PATH", "/usr/local/bin:/usr/bin:/bin"),
            new("LANG", "C.UTF-8"),
            new("HOME", workingDirectory),
            new("TMPDIR", workingDirectory),
        ];
}
