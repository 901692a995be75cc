using System.CommandLine;
using System.Globalization;

using IdfKit.Cli.Places;
using IdfKit.Runs;

namespace IdfKit.Cli.Collect;

/// <summary><c>idfkit collect SOURCE -o results.csv</c>: all runs below a folder as one table.</summary>
internal static class CollectCommand
{
    private const string Name = "collect";

    private const string Help = """
        Collects all runs below SOURCE into one table, a row each: how the run ended, its figures, warnings, times and tags.

        SOURCE is a place as 'idfkit show' takes it. FILE is CSV (for Excel, pandas, DuckDB) or, by the name
        results.parquet, Parquet (for pandas, DuckDB, Athena). When FILE is there already and holds such a table, only the
        records that have changed since are read. A run whose record cannot be read is a row with the status unknown, whose
        message says why. docs/run-table.md describes the columns.


        """ + PlaceArgument.About + """


        Example: idfkit collect s3://models/outputs/p -o results.parquet
        Exit codes: 0 the table was written; 1 it was not, or there is no run; 2 wrong usage.
        """;

    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "The folder with the runs' folders, on disk or on S3." };
        var output = new Option<string>("--output", "-o")
        {
            Description = "The file to write: NAME.csv or NAME.parquet.", HelpName = "FILE", Required = true
        };
        var fresh = new Option<bool>("--fresh") { Description = "Read all records again, and replace FILE whatever it holds." };
        var concurrency = NumberOption.Of(
            "--concurrency", otherwise: 32, "How many records are read at once, from 1 to 1000.", minimum: 1, maximum: 1_000);
        output.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } path && TableFile.Of(path) is null)
                result.AddError("FILE must end in .csv or .parquet, which says what is written.");
        });
        var json = PlaceArgument.Json();
        var command = new Command(Name, Help) { source, output, fresh, concurrency, json };
        command.SetAction((parsed, cancellationToken) => CommandGuard.DoAsync(Name, () => CollectAsync(
            parsed.GetValue(source)!, TableFile.Of(parsed.GetValue(output)!)!, parsed.GetValue(fresh), parsed.GetValue(json),
            new() { Concurrency = parsed.GetValue(concurrency) }, cancellationToken)));
        return command;
    }

    private static async Task<int> CollectAsync(
        string source, TableFile file, bool isFresh, bool isJson, RunTableOptions options, CancellationToken cancellationToken)
    {
        await using var place = PlaceAddress.Open(source);
        var isThere = !isFresh && await file.ExistsAsync(cancellationToken);
        var earlier = isThere ? await file.ReadAsync(cancellationToken) : null;
        if (isThere && earlier is null) throw new CommandException(CliSentences.HoldsNoTable(file.Path));
        await using var content = await file.OpenAsync(cancellationToken);
        if (await ReadAsync(place, earlier, file, options, cancellationToken) is not { } table) return ExitCode.Failure;
        if (table.Rows.Count == 0) throw new CommandException(CliSentences.NothingCollected(source));
        await file.WriteAsync(table, content, cancellationToken);
        Console.Out.WriteLine(isJson ? CollectJson.Of(place, file, table) : Summary(file, table));
        return ExitCode.Success;
    }

    /// <summary>Null: it was stopped.</summary>
    private static async Task<RunTable?> ReadAsync(
        Place place, RunTable? earlier, TableFile file, RunTableOptions options, CancellationToken cancellationToken)
    {
        var progress = new CollectProgress();
        try
        {
            var folder = await place.FindRunsAsync(cancellationToken);
            return await RunTable.CollectAsync(folder, place.Files, earlier, options, progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            progress.End();
            CommandGuard.Say(Name, CliSentences.StoppedCollecting(file.Path, isThere: File.Exists(file.Path)));
            return null;
        }
        finally
        {
            progress.End();
        }
    }

    private static string Summary(TableFile file, RunTable table)
    {
        var ends = table.Rows.CountBy(row => row.Status)
            .OrderByDescending(end => end.Value).ThenBy(end => end.Key, StringComparer.Ordinal)
            .Select(end => $"{Number(end.Value)} {end.Key}");
        return $"{file.Path}: {Number(table.Rows.Count)} {(table.Rows.Count == 1 ? "run" : "runs")} ({string.Join(", ", ends)}), "
            + $"{Number(table.Columns.Count)} columns; {Number(table.RecordsRead)} {(table.RecordsRead == 1 ? "record" : "records")} read.";
    }

    private static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
