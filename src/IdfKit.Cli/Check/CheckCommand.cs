using System.CommandLine;
using System.Text.Json;

using IdfKit.Cli.Places;
using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Runs;
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

        Example: idfkit check models/
        Exit codes: 0 all would be run; 1 some would be refused; 2 wrong usage.
        """;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILES") { Description = "Models, bundles or folders.", Arity = ArgumentArity.OneOrMore };
        var json = PlaceArgument.Json();
        var command = new Command("check", Help) { files, json };
        command.SetAction((parsed, cancellationToken) => CommandGuard.DoAsync(
            "check", () => CheckAsync(parsed.GetValue(files)!, parsed.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> CheckAsync(string[] paths, bool isJson, CancellationToken cancellationToken)
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
        var answers = new List<CheckedFile>();
        foreach (var path in paths.SelectMany(FilesOf))
        {
            cancellationToken.ThrowIfCancellationRequested();
            count++;
            var answer = await CheckAsync(check, path, cancellationToken);
            if (!answer.WouldRun) refused++;
            if (isJson) answers.Add(answer);
            else Say(answer);
        }
        if (count == 0)
        {
            await Console.Error.WriteLineAsync(
                "idfkit check: there is no model (.idf, .epJSON or .zip) in " + string.Join(", ", paths) + ".");
            return ExitCode.Failure;
        }
        if (isJson) Console.Out.WriteLine(JsonSerializer.Serialize(new CheckAsJson(answers), CheckJson.Readable.CheckAsJson));
        else if (count > 1) Console.Out.WriteLine($"{count - refused} of {count} would be run.");
        return refused == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<CheckedFile> CheckAsync(DropCheck check, string path, CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(path)) return new(path, WouldRun: false, RunReason.MissingFile, CliSentences.NotThere, null, []);
            var result = await check.CheckAsync(path, cancellationToken);
            return new(path, result.Reason is null, result.Reason, Shown(result.Message, path), result.Weather, result.Notices);
        }
        catch (StorageException e)
        {
            return new(path, WouldRun: false, null, e.Message, null, []);
        }
        catch (ArgumentException e)
        {
            return new(path, WouldRun: false, null, e.Message, null, []);
        }
    }

    /// <summary>In the sentences of a bucket a file is called by its key, which is its path without the root.</summary>
    private static string? Shown(string? sentence, string path)
    {
        var full = Path.GetFullPath(path);
        var key = full[Path.GetPathRoot(full)!.Length..].Replace(Path.DirectorySeparatorChar, '/');
        return sentence?.Replace($"'{key}'", $"'{path}'", StringComparison.Ordinal);
    }

    private static void Say(CheckedFile answer)
    {
        var (path, weather) = (CliSentences.Clean(answer.File), answer.Weather is null ? "without weather" : "with " + answer.Weather);
        var said = answer switch
        {
            { WouldRun: true } => $"{path}: would be run {weather}.",
            { Reason: { } reason } => $"{path}: refused ({reason}). {answer.Message}",
            _ => $"{path}: cannot be checked. {answer.Message}",
        };
        Console.Out.WriteLine(CliSentences.Clean(said));
        foreach (var notice in answer.Notices) Console.Out.WriteLine("  " + CliSentences.Clean(notice));
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
