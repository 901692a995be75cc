using System.Text.Json;

using IdfKit.Cli.Places;
using IdfKit.Cli.Watch;
using IdfKit.Runs;

namespace IdfKit.Cli.Retry;

/// <summary><c>idfkit retry</c> from beginning to end.</summary>
internal sealed class RetrySession(Place place, RetryChoice choice, RetryOptions options)
{
    private const string Name = "retry";
    private const int MostNamed = 10;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!place.IsBucket) throw new CommandException(CliSentences.NoBucket(place.Given));
        await using var turn = options.IsDry ? null : await RetryTurn.TakeAsync(place, TimeProvider.System, cancellationToken);
        var table = await RunTable.CollectAsync(place.Outputs, place.Files, cancellationToken: cancellationToken);
        if (table.Rows.Count == 0) throw new CommandException(CliSentences.NoRuns(place.Shown(place.Outputs)));
        var details = new RecordDetails(place, place.Outputs);
        var chosen = choice.Of(table, await InterruptedAsync(table, details, cancellationToken));
        var rows = chosen.Where(row => row["study_key"] is string).ToList();
        foreach (var study in rows.CountBy(row => (string)row["study_key"]!))
            CommandGuard.Say(Name, CliSentences.RowsOfStudy(study.Value, place.Shown(study.Key)));
        var models = chosen.Except(rows).Where(row => row["model_key"] is string).ToList();
        var unknown = chosen.Count - rows.Count - models.Count;
        if (unknown > 0) CommandGuard.Say(Name, CliSentences.ModelsUnknown(unknown));
        Say(models);
        if (options.IsDry || models.Count == 0) return rows.Count + unknown == 0 ? ExitCode.Success : ExitCode.Failure;

        var putting = new RetryPutting(place, details, TimeProvider.System);
        if (!await putting.RunAsync(models, cancellationToken)) return ExitCode.Failure;
        foreach (var key in putting.Absent.Take(MostNamed)) CommandGuard.Say(Name, CliSentences.ModelIsGone(place.Shown(key)));
        foreach (var key in putting.Replaced.Take(MostNamed)) CommandGuard.Say(Name, CliSentences.ModelWasReplaced(place.Shown(key)));
        if (putting.Waiting > 0) CommandGuard.Say(Name, CliSentences.WaitAlready(putting.Waiting));
        if (Served.Is(place) == false) CommandGuard.Say(Name, CliSentences.NobodyServes(place.LocalRoot!));
        if (turn is not null) await turn.DisposeAsync(); // watching may take hours
        if (options.Watches) return await WatchAsync(models, putting.Absent, cancellationToken);
        if (!options.IsJson && putting.Put > 0) Console.Out.WriteLine(CliSentences.PutAgain(putting.Put, place.Given));
        return putting.Absent.Count + rows.Count + unknown == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Runs whose claim has ended: one read for each that is under way.</summary>
    private static async Task<HashSet<string>> InterruptedAsync(
        RunTable table, RecordDetails details, CancellationToken cancellationToken)
    {
        var running = table.Rows.Where(row => row.Status == "running").ToList();
        await details.ReadAsync(running, cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        return [.. running.Where(row => details.Known(row) is { ExpiresAt: { } end } && end < now).Select(row => row.Folder)];
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

    private Task<int> WatchAsync(List<RunRow> models, IReadOnlyList<string> absent, CancellationToken cancellationToken)
    {
        var waited = models.Where(row => !absent.Contains((string)row["model_key"]!))
            .ToDictionary(row => row.Folder, row => row["run_id"] as string, StringComparer.Ordinal);
        var watching = new WatchOptions { Every = TimeSpan.FromSeconds(2), Only = waited, IsJson = options.IsJson };
        return new WatchSession(place, watching, TimeProvider.System).RunAsync(cancellationToken);
    }
}
