using System.CommandLine;
using Spectre.Console;

using IdfKit.Drops;
using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Storage.S3;

namespace IdfKit.Cli.Show;

/// <summary><c>idfkit show RUN</c>: what became of a model, in a small table.</summary>
internal static class ShowCommand
{
    private const string Help = """
        Shows what became of a model: RUN is the folder of its results, on disk or as s3://bucket/outputs/office.

        For S3 the AWS settings of this environment are used, AWS_ENDPOINT_URL_S3 included.
        Exit codes: 0 the run completed; 1 it did not, or there is no run; 2 wrong usage.
        """;

    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "The folder with the run's run.json." };
        var command = new Command("show", Help) { run };
        command.SetAction((parsed, cancellationToken) => ShowAsync(parsed.GetValue(run)!, cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(string run, CancellationToken cancellationToken)
    {
        try
        {
            if (!S3Url.TryParse(run.TrimEnd('/'), out var url))
                return await ShowAsync(new AsyncLocalFileSystem(Path.GetFullPath(run)), "", run, cancellationToken);
            var endpoint = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3");
            await using var bucket = new AsyncS3FileSystem(url.Bucket,
                new S3FileSystemOptions { EndpointUrl = string.IsNullOrEmpty(endpoint) ? null : new Uri(endpoint) });
            return await ShowAsync(bucket, url.Key.Value + "/", run, cancellationToken);
        }
        catch (StorageException e)
        {
            await Console.Error.WriteLineAsync("idfkit show: " + e.Message);
            return ExitCode.Failure;
        }
    }

    private static async Task<int> ShowAsync(IAsyncFileSystem files, string folder, string run, CancellationToken cancellationToken)
    {
        var json = await ReadAsync(files, folder + RunRecordFile.Name, cancellationToken);
        if (json is null || RunRecordFile.FromJson(json) is not { } record)
        {
            await Console.Error.WriteLineAsync(json is null
                ? $"idfkit show: there is no {RunRecordFile.Name} in {run}; give the folder that holds a run's "
                    + "results, such as outputs/office."
                : $"idfkit show: the {RunRecordFile.Name} in {run} is no record of a run.");
            return ExitCode.Failure;
        }
        var summary = record.Files.Any(file => file.Path == RunRecordFile.SummaryName)
            && await ReadAsync(files, folder + RunRecordFile.SummaryName, cancellationToken) is { } content
            ? RunRecordFile.SummaryFromJson(content)
            : null;
        AnsiConsole.Write(ResultTable.Of(record, summary, await UnendedAsync(files, folder, run, record, cancellationToken)));
        if (record.Engine is { Replayed: true })
            Console.Out.WriteLine("This run was not simulated here: a recorded run of the same model and weather was replayed.");
        if (record.Message is { } message) Console.Out.WriteLine(message);
        if (SaidTable.Of(record) is { } said) AnsiConsole.Write(said);
        if (record.Files.Any(file => file.Path == RunRecordFile.ReportName))
            Console.Out.WriteLine($"The page of this run: {run.TrimEnd('/')}/{RunRecordFile.ReportName}");
        return record.Status == RunStatus.Completed ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<string> UnendedAsync(
        IAsyncFileSystem files, string folder, string run, RunRecord record, CancellationToken cancellationToken)
    {
        if (record.Status != RunStatus.Running) return "";
        var json = await ReadAsync(files, folder + RunRecordFile.ProgressName, cancellationToken);
        var progress = json is null ? null : RunRecordFile.ProgressFromJson(json);
        return UnendedRun.Of(record, progress, folder.Length == 0 ? Path.GetFullPath(run) : null, TimeProvider.System.GetUtcNow());
    }

    private static async Task<byte[]?> ReadAsync(IAsyncFileSystem files, string path, CancellationToken cancellationToken)
    {
        try { return await files.ReadBytesAsync(path, cancellationToken); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.NotFound) { return null; }
    }
}
