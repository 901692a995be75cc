using System.CommandLine;
using System.Globalization;

using IdfKit.Cli.Places;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Collect;

/// <summary><c>idfkit collect SOURCE -o results.csv</c>: all runs below a folder as one table.</summary>
internal static class CollectCommand
{
    private const string Help = """
        Collects all runs below SOURCE into one table, a row each: how the run ended, its figures, warnings, times and tags.

        SOURCE is a folder of this machine, or s3://bucket/outputs. FILE is CSV (for Excel, pandas, DuckDB) or, by the name
        results.parquet, Parquet (for pandas, DuckDB, Athena). When FILE is there already and holds such a table, only the
        records that have changed since are read. A run whose record cannot be read is a row with the status unknown, whose
        message says why. docs/run-table.md describes the columns.

        For S3 the AWS settings of this environment are used, AWS_ENDPOINT_URL_S3 included; settings may stand behind the
        address, such as s3://bucket/outputs?profile=modelling.
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
        var command = new Command("collect", Help) { source, output, fresh, concurrency };
        command.SetAction((parsed, cancellationToken) => CollectAsync(
            parsed.GetValue(source)!, TableFile.Of(parsed.GetValue(output)!)!, parsed.GetValue(fresh),
            new() { Concurrency = parsed.GetValue(concurrency) }, cancellationToken));
        return command;
    }

    private static async Task<int> CollectAsync(
        string source, TableFile file, bool isFresh, RunTableOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var place = Open(source);
            var isThere = !isFresh && await file.ExistsAsync(cancellationToken);
            var earlier = isThere ? await file.ReadAsync(cancellationToken) : null;
            if (isThere && earlier is null)
                return await FailAsync($"{file.Path} is there and holds no table of runs of this version; it was left as it is. "
                    + "Name another file, or replace it with --fresh.");
            await using var content = await file.OpenAsync(cancellationToken);
            var table = await ReadAsync(place, earlier, options, cancellationToken);
            if (table.Rows.Count == 0)
                return await FailAsync($"there is no run in {source}, and nothing was written. Name the folder that holds the folders of "
                    + "results, such as outputs.");
            await file.WriteAsync(table, content, cancellationToken);
            Console.Out.WriteLine(Summary(file, table));
            return ExitCode.Success;
        }
        catch (AddressException wrong)
        {
            await Console.Error.WriteLineAsync("idfkit collect: " + wrong.Message);
            return ExitCode.Usage;
        }
        catch (StorageException failed)
        {
            return await FailAsync(failed.Message);
        }
    }

    /// <summary>The place that was named.</summary>
    /// <exception cref="AddressException">It is no address.</exception>
    /// <exception cref="StorageException">There is no such folder.</exception>
    private static IAsyncFileSystem Open(string source)
    {
        if (source.StartsWith("s3:", StringComparison.OrdinalIgnoreCase))
        {
            S3Environment.Check();
            try { return FileSystems.Open(source); }
            catch (ArgumentException wrong) { throw new AddressException(wrong.Message); }
        }
        return Directory.Exists(source)
            ? new AsyncLocalFileSystem(Path.GetFullPath(source))
            : throw new StorageException(StorageErrorKind.NotFound, nameof(RunTable.Collect), source,
                $"there is no folder '{source}'. Name the one that holds the folders of results, or s3://bucket/outputs.");
    }

    private static async Task<RunTable> ReadAsync(
        IAsyncFileSystem place, RunTable? earlier, RunTableOptions options, CancellationToken cancellationToken)
    {
        var progress = new CollectProgress(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
        try
        {
            return await RunTable.CollectAsync("", place, earlier, options, progress, cancellationToken);
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

    private static async Task<int> FailAsync(string sentence)
    {
        await Console.Error.WriteLineAsync("idfkit collect: " + sentence);
        return ExitCode.Failure;
    }
}
