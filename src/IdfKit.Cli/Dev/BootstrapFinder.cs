namespace IdfKit.Cli.Dev;

/// <summary>Where the function's executable is.</summary>
internal static class BootstrapFinder
{
    private const string FileName = "bootstrap";

    /// <exception cref="FileNotFoundException">There is none; the message says what to do.</exception>
    public static string Find(string? given, string? variable, string besideTool)
    {
        if (!string.IsNullOrEmpty(given)) return Existing(given, "--bootstrap");
        if (!string.IsNullOrEmpty(variable)) return Existing(variable, "IDFKIT_BOOTSTRAP");
        var beside = Path.Combine(besideTool, FileName);
        if (File.Exists(beside)) return beside;
        if (Checkout.PathOf(besideTool, "artifacts", "publish", FileName) is { } published && File.Exists(published)) return published;
        throw new FileNotFoundException(
            "The function's executable was not found: publish it with ./eng/publish.sh artifacts/publish "
                + "--jit, or name it with --bootstrap.");
    }

    private static string Existing(string path, string source) => File.Exists(path)
        ? Path.GetFullPath(path)
        : throw new FileNotFoundException($"There is no file {Path.GetFullPath(path)}, which {source} names as the function's executable.");
}
