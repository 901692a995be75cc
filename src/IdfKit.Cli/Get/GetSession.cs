using IdfKit.Cli.Places;
using IdfKit.Cli.Terminal;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Get;

/// <summary><c>idfkit get</c> from beginning to end.</summary>
internal sealed class GetSession(Place place, GetOptions options)
{
    private const string Name = "get";
    private const int Concurrency = 8, MostTroubles = 10, BarWidth = 20;

    private readonly GetCounts _counts = new();

    /// <summary>A record does not list itself, and is fetched where it is asked for.</summary>
    private bool IsRecordWanted => options.Files.Any(pattern => new GlobPattern(pattern).IsMatch(RunRecordFile.Name));

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var folder = await place.FindRunsAsync(cancellationToken);
        var isOne = await place.LookAsync(StoragePath.Join(folder, RunRecordFile.Name), cancellationToken) is not null;
        var runs = isOne ? [""] : await RunsBelowAsync(folder, cancellationToken);
        if (runs.Count == 0) throw new CommandException(CliSentences.NoRuns(place.Shown(folder)));
        var target = new LocalFolder(options.Output ?? DefaultOutput(folder));
        if (place.LocalRoot is { } root && target.Shown == Path.GetFullPath(Path.Combine(root, folder)))
            throw new CommandException(CliSentences.GetsOntoItself(target.Shown));
        if (!await FetchAsync(folder, runs, target, cancellationToken)) return ExitCode.Failure;
        if (options.Files.Count > 0 && !IsRecordWanted && _counts is { Files: 0, LeftFiles: 0, Troubles: [] })
            CommandGuard.Say(Name, CliSentences.NoFileCalled(options.Files));
        foreach (var note in _counts.Notes) CommandGuard.Say(Name, note);
        foreach (var trouble in _counts.Troubles.Take(MostTroubles)) CommandGuard.Say(Name, trouble);
        if (_counts.Troubles.Count > MostTroubles) CommandGuard.Say(Name, CliSentences.MoreTroubles(_counts.Troubles.Count - MostTroubles));
        Console.Out.WriteLine(options.IsJson
            ? GetJson.Of(place, target, _counts)
            : CliSentences.Got(_counts.Files, _counts.Bytes, _counts.LeftFiles, _counts.Runs, target.Shown));
        return _counts.Troubles.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static string DefaultOutput(string folder) => folder.Length == 0 ? "results" : folder[(folder.LastIndexOf('/') + 1)..];

    private async Task<List<string>> RunsBelowAsync(string folder, CancellationToken cancellationToken)
    {
        var runs = new List<string>();
        var skipped = folder.Length == 0 ? 0 : folder.Length + 1;
        const string Record = "/" + RunRecordFile.Name;
        await foreach (var entry in place.Files.ListAsync(folder, cancellationToken))
            if (entry.Path.EndsWith(Record, StringComparison.Ordinal) && entry.Path.Length > skipped + Record.Length)
                runs.Add(entry.Path[skipped..^Record.Length]);
        return runs;
    }

    /// <summary>False: it was stopped, or has failed, and that is said.</summary>
    private async Task<bool> FetchAsync(string folder, List<string> runs, LocalFolder target, CancellationToken cancellationToken)
    {
        var progress = new ProgressLine(Console.Error, Screen.IsLive && !Console.IsErrorRedirected, TimeProvider.System);
        var one = new GetRun(place, target, options, _counts);
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(runs, bound, async (run, token) =>
            {
                await one.FetchAsync(run.Length == 0 ? folder : StoragePath.Join(folder, run), run, token);
                _counts.Ended();
                progress.Show(() => $"{Bar.Of(_counts.Runs, runs.Count, BarWidth)} "
                    + CliSentences.GotSoFar(_counts.Runs, runs.Count, _counts.Bytes));
            });
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            progress.End();
            CommandGuard.Say(Name, CliSentences.StoppedGetting(_counts.Runs, runs.Count));
            return false;
        }
        catch (Exception failed) when (failed is StorageException or IOException or UnauthorizedAccessException)
        {
            progress.End();
            CommandGuard.Say(Name, failed is StorageException ? failed.Message : CliSentences.Disk(failed.GetBaseException().Message));
            CommandGuard.Say(Name, CliSentences.FailedGetting(_counts.Runs, runs.Count));
            return false;
        }
        finally
        {
            progress.End();
        }
    }
}
