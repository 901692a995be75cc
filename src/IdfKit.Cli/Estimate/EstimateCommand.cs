using System.CommandLine;
using System.Text.Json;

using IdfKit.Cli.Prices;
using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Cli.Estimate;

/// <summary><c>idfkit estimate FILES…</c>: what runs of models will take and cost.</summary>
internal static class EstimateCommand
{
    private const string Help = """
        Says what runs of models will take and cost on AWS: seconds, memory and dollars of each, and in all.

        FILES are models (.idf, .epJSON), bundles (.zip), or folders of them. With --to each is told by its last run that
        completed, in its folder of results below PLACE; PLACE is a folder of this machine or s3://bucket/outputs. Without
        such a run it is told by its size, which is rough. Nothing is simulated, written or uploaded.

        For S3 the AWS settings of this environment are used, AWS_ENDPOINT_URL_S3 included.
        Example: idfkit estimate models/ --to s3://models
        Exit codes: 0 all were told; 1 some could not be; 2 wrong usage.
        """;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILES") { Description = "Models, bundles or folders.", Arity = ArgumentArity.OneOrMore };
        var place = TextOption.NotEmpty(new Option<string?>("--to")
        {
            Description = "The folder with the folders of earlier results, or s3://bucket/outputs.", HelpName = "PLACE",
        });
        var json = new Option<bool>("--json") { Description = "Say it as JSON." };
        var prices = new PriceOptions();
        var command = new Command("estimate", Help) { files, place };
        prices.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellationToken) => CommandGuard.DoAsync("estimate", async () =>
        {
            var choice = prices.Of(parsed);
            await using var runs = EarlierRuns.At(parsed.GetValue(place));
            return await EstimateAsync(parsed.GetValue(files)!, runs, choice, parsed.GetValue(json), cancellationToken);
        }));
        return command;
    }

    private static async Task<int> EstimateAsync(
        string[] paths, EarlierRuns runs, PriceChoice prices, bool isJson, CancellationToken cancellationToken)
    {
        List<EstimatedModel> models = [];
        foreach (var (path, name) in paths.SelectMany(FilesOf))
            models.Add(await OneAsync(path, name, runs, prices, cancellationToken));
        if (models.Count == 0) throw new CommandException(CliSentences.NoModelToEstimate(paths));
        var estimates = EstimatedModels.Of(models, prices);
        if (isJson) Console.Out.WriteLine(JsonSerializer.Serialize(estimates, EstimateJson.Readable.EstimatedModels));
        else foreach (var line in EstimateText.Lines(estimates, prices)) Console.Out.WriteLine(line);
        return estimates.ErrorCount == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<EstimatedModel> OneAsync(
        string path, string name, EarlierRuns runs, PriceChoice prices, CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(path)) return EstimatedModel.Failed(path, CliSentences.NoSuchFile);
            if (!OutputLayout.IsModelOrBundle(ObjectKey.FromText(Path.GetFileName(path))))
                return EstimatedModel.Failed(path, IsStudy(path) ? CliSentences.IsAStudy(path) : CliSentences.NoModelFile(path));
            var bytes = new FileInfo(path).Length;
            var record = await runs.OfAsync(name, cancellationToken);
            return EstimatedModel.Of(path, bytes, record, prices)
                ?? EstimatedModel.Rough(path, ModelText.Read(path), record, prices);
        }
        catch (ModelSyntaxException e) { return EstimatedModel.Failed(path, e.Message); }
        catch (Exception e) when (e is StorageException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return EstimatedModel.Failed(path, CliSentences.Disk(e.Message));
        }
    }

    /// <summary>Each file, and its path below the folder of the models.</summary>
    private static IEnumerable<(string Path, string Name)> FilesOf(string path)
    {
        if (!Directory.Exists(path)) return [(path, Path.GetFileName(path))];
        return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => OutputLayout.IsModelOrBundle(ObjectKey.FromText(Path.GetFileName(file))))
            .Order(StringComparer.Ordinal)
            .Select(file => (file, Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/')));
    }

    private static bool IsStudy(string path) =>
        path.EndsWith(".study.csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".study.json", StringComparison.OrdinalIgnoreCase);
}
