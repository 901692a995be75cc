using System.CommandLine;
using System.Text;
using System.Text.Json;
using Spectre.Console;

using IdfKit.Cli.Collect;
using IdfKit.Cli.Places;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Show;

/// <summary><c>idfkit show PLACE</c>: what became of a model, or of many.</summary>
internal static class ShowCommand
{
    private const string Name = "show";

    private const string Help = """
        Shows what became of models. PLACE is the folder of a run's results, and its figures are shown; or a folder of many,
        and they are shown as a table, with why some failed and what they come to.

        PLACE is on disk (outputs/office), at the address that 'idfkit dev' prints, or s3://bucket/outputs/office; without
        outputs/ it is looked for there, too.


        """ + PlaceArgument.About + """


        Example: idfkit show s3://models/projects/p --limit 20
        Exit codes: 0 every run completed; 1 one did not, or there is no run; 2 wrong usage.
        """;

    public static Command Create()
    {
        var place = PlaceArgument.Create("PLACE", "The folder of a run, or of many.");
        var limit = NumberOption.Of(
            "--limit", otherwise: 50, "How many of many runs stand in the table; 0: all.", minimum: 0, maximum: 1_000_000);
        var json = PlaceArgument.Json();
        var command = new Command(Name, Help) { place, limit, json };
        command.SetAction((parsed, cancellationToken) => CommandGuard.DoAsync(Name, () => ShowAsync(
            parsed.GetValue(place)!, parsed.GetValue(limit), parsed.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> ShowAsync(string given, int limit, bool isJson, CancellationToken cancellationToken)
    {
        await using var place = PlaceAddress.Open(given);
        var folder = await place.FindRunsAsync(cancellationToken);
        return await place.ReadSmallAsync(StoragePath.Join(folder, RunRecordFile.Name), cancellationToken) is { } json
            ? await ShowOneAsync(place, folder, json, isJson, cancellationToken)
            : await ShowManyAsync(place, folder, limit, isJson, cancellationToken);
    }

    private static async Task<int> ShowManyAsync(
        Place place, string folder, int limit, bool isJson, CancellationToken cancellationToken)
    {
        var progress = new CollectProgress();
        RunTable table;
        try { table = await RunTable.CollectAsync(folder, place.Files, null, null, progress, cancellationToken); }
        finally { progress.End(); }
        if (table.Rows.Count == 0) throw new CommandException(CliSentences.NoRuns(place.Shown(folder)));
        if (isJson)
        {
            var all = new RunsAsJson(place.Given, RunsFigures.Of(table.Rows), table.Failures, [.. table.Rows.Select(RunAsJson.Of)]);
            Console.Out.WriteLine(JsonSerializer.Serialize(all, RunsJson.Readable.RunsAsJson));
        }
        else
        {
            RunsTable.Write(Console.Out, table, limit);
        }
        return table.Rows.All(row => row.Status == "completed") ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<int> ShowOneAsync(
        Place place, string folder, byte[] json, bool isJson, CancellationToken cancellationToken)
    {
        if (RunRecordFile.FromJson(json) is not { } record)
            throw new CommandException(CliSentences.NoRecord(place.Shown(folder)));
        if (isJson)
        {
            Console.Out.WriteLine(Encoding.UTF8.GetString(RunRecordFile.ToJson(record)));
            return record.Status == RunStatus.Completed ? ExitCode.Success : ExitCode.Failure;
        }
        var summary = record.Files.Any(file => file.Path == RunRecordFile.SummaryName)
            && await place.ReadSmallAsync(StoragePath.Join(folder, RunRecordFile.SummaryName), cancellationToken) is { } content
            ? RunRecordFile.SummaryFromJson(content)
            : null;
        AnsiConsole.Write(ResultTable.Of(record, summary, await UnendedRun.ReadAsync(place, folder, record, cancellationToken)));
        if (record.Engine is { Replayed: true })
            Console.Out.WriteLine("This run was not simulated here: a recorded run of the same model and weather was replayed.");
        foreach (var notice in record.Notices.Where(RunSentences.IsOfParts)) Console.Out.WriteLine(CliSentences.Clean(notice));
        if (record.Message is { } message) Console.Out.WriteLine(CliSentences.Clean(message));
        if (SaidTable.Of(record) is { } said) AnsiConsole.Write(said);
        if (record.Files.Any(file => file.Path == RunRecordFile.ReportName))
            Console.Out.WriteLine($"The page of this run: {place.Shown(StoragePath.Join(folder, RunRecordFile.ReportName))}");
        return record.Status == RunStatus.Completed ? ExitCode.Success : ExitCode.Failure;
    }
}
