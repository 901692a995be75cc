using System.CommandLine;

using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Cli.Check;

/// <summary><c>idfkit check FILES…</c>: what the function would say of models, without running them.</summary>
internal static class CheckCommand
{
    private const string Help = """
        Checks models as they are checked before EnergyPlus starts, with the files around them, and says what would keep
        them from being run.

        FILES are models (.idf, .epJSON), bundles (.zip), or folders of them. Nothing is simulated, written or uploaded.
        The settings are the function's IDFKIT_* variables; docs/configuration.md describes them.
        Exit codes: 0 all would be run; 1 some would be refused; 2 wrong usage.
        """;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILES") { Description = "Models, bundles or folders.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", Help) { files };
        command.SetAction((parsed, cancellationToken) => CheckAsync(parsed.GetValue(files)!, cancellationToken));
        return command;
    }

    private static async Task<int> CheckAsync(string[] paths, CancellationToken cancellationToken)
    {
        DropCheck check;
        try
        {
            var options = FunctionOptions.FromEnvironment(Environment.GetEnvironmentVariables());
            check = new DropCheck(options.Runs with { WorkDirectory = Path.GetTempPath() }, await FindAsync(options));
        }
        catch (Exception e) when (e is FunctionStartException or EnergyPlusException)
        {
            await Console.Error.WriteLineAsync("idfkit check: " + e.Message);
            return ExitCode.Usage;
        }

        var (refused, count) = (0, 0);
        foreach (var path in paths.SelectMany(FilesOf))
        {
            cancellationToken.ThrowIfCancellationRequested();
            count++;
            if (!await CheckAsync(check, path, cancellationToken)) refused++;
        }
        if (count == 0)
        {
            await Console.Error.WriteLineAsync(
                "idfkit check: there is no model (.idf, .epJSON or .zip) in " + string.Join(", ", paths) + ".");
            return ExitCode.Failure;
        }
        if (count > 1) Console.Out.WriteLine($"{count - refused} of {count} would be run.");
        return refused == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Prints what is to be said of a file; false when it would be refused.</summary>
    private static async Task<bool> CheckAsync(DropCheck check, string path, CancellationToken cancellationToken)
    {
        DropCheckResult result;
        try { result = await check.CheckAsync(path, cancellationToken); }
        catch (StorageException e)
        {
            Console.Out.WriteLine($"{path}: cannot be checked. {e.Message}");
            return false;
        }
        var weather = result.Weather is null ? "without weather" : "with " + result.Weather;
        Console.Out.WriteLine(
            result.Reason is null ? $"{path}: would be run {weather}." : $"{path}: refused ({result.Reason}). {result.Message}");
        foreach (var notice in result.Notices) Console.Out.WriteLine("  " + notice);
        return result.Reason is null;
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsModel).Order(StringComparer.Ordinal)
        : [path];

    private static bool IsModel(string path) => OutputLayout.IsModelOrBundle(ObjectKey.FromText(Path.GetFileName(path)));

    private static async Task<EnergyPlusInstallation?> FindAsync(FunctionOptions options)
    {
        try { return EnergyPlusInstallation.Find(options.EnergyPlusDirectory); }
        catch (EnergyPlusException e) when (e.Kind == EnergyPlusErrorKind.NotFound && options.EnergyPlusDirectory is null)
        {
            await Console.Error.WriteLineAsync(
                $"idfkit check: there is no EnergyPlus here, so models are checked for {DropCheck.Version}.");
            return null;
        }
    }
}
