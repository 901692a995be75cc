using IdfKit.Engine;

namespace IdfKit.Cli.Dev;

/// <summary>Where the function is: an executable of its own where there is one, else this tool in its other role.</summary>
internal static class BootstrapFinder
{
    private const string FileName = "bootstrap";

    /// <exception cref="FileNotFoundException">The one that is named is not there; the message says so.</exception>
    public static FunctionCommand Find(string? given, string? variable, string besideTool)
    {
        if (!string.IsNullOrEmpty(given)) return Existing(given, "--bootstrap");
        if (!string.IsNullOrEmpty(variable)) return Existing(variable, "IDFKIT_BOOTSTRAP");
        var beside = Path.Combine(besideTool, FileName);
        if (File.Exists(beside)) return new(beside, []);
        // A tool that is whole, with its engine host, does not look for what an earlier build has left.
        var isWhole = File.Exists(Path.Combine(besideTool, EngineHost.FileName));
        if (!isWhole && Checkout.PathOf(besideTool, "artifacts", "publish", FileName) is { } published && File.Exists(published))
            return new(published, []);
        return ThisTool(besideTool);
    }

    /// <summary>Below <c>dotnet idfkit.dll</c> the running program is dotnet, which is told the .dll again.</summary>
    private static FunctionCommand ThisTool(string folder)
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new(program, [Path.Combine(folder, "idfkit.dll"), FunctionCommand.Role])
            : new(program, [FunctionCommand.Role]);
    }

    private static FunctionCommand Existing(string path, string source) => File.Exists(path)
        ? new(Path.GetFullPath(path), [])
        : throw new FileNotFoundException($"There is no file {Path.GetFullPath(path)}, which {source} names as the function's executable.");
}
