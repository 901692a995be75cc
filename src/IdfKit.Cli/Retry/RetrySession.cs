using System.Text.Json;

using IdfKit.Cli.Places;
using IdfKit.Cli.Terminal;
using IdfKit.Cli.Watch;
using IdfKit.Runs;

namespace IdfKit.Cli.Retry;

/// <summary><c>idfkit retry</c> from beginning to end.</summary>
internal sealed class RetrySession(Place place, RetryChoice choice, RetryOptions options)
{
    private const string Name = "retry";
    private const int Concurrency = 8;

    private readonly List<string> _absent = [];
    private int _put;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!place.IsBucket) throw new CommandException(CliSentences.NoBucket(place.Given));
        var table = await RunTable.CollectAsync(place.Outputs, place.Files, cancellationToken: cancellationToken);
        if (table.Rows.Count == 0) throw new CommandException(CliSentences.NoRuns(place.Shown(place.Outputs)));
        var chosen = choice.Of(table, await InterruptedAsync(table, cancellationToken));
        var rows = chosen.Where(row => row["study_key"] is string).ToList();
        foreach (var study in rows.CountBy(row => (string)row["study_key"]!))
            CommandGuard.Say(Name, CliSentences.RowsOfStudy(study.Value, place.Shown(study.Key)));
        var models = chosen.Except(rows).Where(row => row["model_key"] is string).ToList();
        var unknown = chosen.Count - rows.Count - models.Count;
        if (unknown > 0) CommandGuard.Say(Name, CliSentences.ModelsUnknown(unknown));
        Say(models);
        if (options.IsDry || models.Count == 0) return rows.Count + unknown == 0 ? ExitCode.Success : ExitCode.Failure;
        if (!await PutAsync(models, cancellationToken)) return ExitCode.Failure;
        foreach (var key in _absent.Take(10)) CommandGuard.Say(Name, CliSentences.ModelIsGone(place.Shown(key)));
        if (Served.Is(place) == false) CommandGuard.Say(Name, CliSentences.NobodyServes(place.LocalRoot!));
        if (options.Watches) return await WatchAsync(models, cancellationToken);
        if (!options.IsJson) Console.Out.WriteLine(CliSentences.PutAgain(_put, place.Given));
        return _absent.Count + rows.Count + unknown == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Runs whose claim has ended: one read for each that is under way.</summary>
    private async Task<HashSet<string>> InterruptedAsync(RunTable table, CancellationToken cancellationToken)
    {
        var interrupted = new HashSet<string>(StringComparer.Ordinal);
        var details = new RecordDetails(place, place.Outputs);
        foreach (var row in table.Rows.Where(row => row.Status == "running"))
            if (await details.OfAsync(row, cancellationToken) is { ExpiresAt: { } end } && end < TimeProvider.System.GetUtcNow())
                interrupted.Add(row.Folder);
        return interrupted;
    }

    private void Say(List<RunRow> models)
    {
        if (options.IsJson)
        {
            var all = models.Select(row => new RetriedRun((string)row["model_key"]!, row.Folder, row.Status, row["reason"] as string));
            var json = new RetryAsJson(place.Given, options.IsDry, models.Count, [.. all]);
            Console.Out.WriteLine(JsonSerializer.Serialize(json, RetryJson.Readable.RetryAsJson));
            return;
        }
        if (options.IsDry)
            foreach (var row in models)
                Console.Out.WriteLine(CliSentences.WouldRetry(row.Status, (string)row["model_key"]!, row["reason"] as string));
        Console.Out.WriteLine(CliSentences.Retries(models.Count, options.IsDry));
    }

    /// <summary>False: it was stopped.</summary>
    private async Task<bool> PutAsync(List<RunRow> models, CancellationToken cancellationToken)
    {
        var progress = new ProgressLine(Console.Error, Screen.IsLive && !Console.IsErrorRedirected, TimeProvider.System);
        var again = new PutAgain(place);
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(models, bound, async (row, token) =>
            {
                var key = (string)row["model_key"]!;
                if (await again.PutAsync(key, token)) Interlocked.Increment(ref _put);
                else lock (_absent) _absent.Add(key);
                progress.Show(() => $"{Bar.Of(_put, models.Count, 20)} {_put:#,0}/{models.Count:#,0}");
            });
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            progress.End();
            CommandGuard.Say(Name, CliSentences.StoppedRetrying(_put, models.Count));
            return false;
        }
        finally
        {
            progress.End();
        }
    }

    private Task<int> WatchAsync(List<RunRow> models, CancellationToken cancellationToken)
    {
        var waited = models.Where(row => !_absent.Contains((string)row["model_key"]!))
            .ToDictionary(row => row.Folder, row => row["run_id"] as string, StringComparer.Ordinal);
        var watching = new WatchOptions { Every = TimeSpan.FromSeconds(2), Only = waited, IsJson = options.IsJson };
        return new WatchSession(place, watching, TimeProvider.System).RunAsync(cancellationToken);
    }
}
