namespace TestBed;

/// <summary>The machine's own Chromium, and how tests start it.</summary>
public static class ChromiumProgram
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Without a sandbox, which root cannot have (the pages are our own), and such that it reaches no other machine.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Its path. Skips the test where there is none.</summary>
    public static string Require()
    {
        Needs.NotQuick("a browser");
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var program = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Needs.That(program is not null, Needs.Chromium);
        return program;
    }
}
