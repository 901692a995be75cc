using IdfKit.Cli.Places;
using IdfKit.Cli.Retry;
using IdfKit.Cli.Watch;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Open;

/// <summary>Runs models again that the page has chosen, each put onto itself as <c>idfkit retry</c> does.</summary>
internal sealed class Retries(OpenedPlace opened, RunFeed feed) : IDisposable
{
    private const int Concurrency = 8, MostTroubles = 5;

    private readonly SemaphoreSlim _turn = new(1, 1); // the second of two at once sees what the first has put

    /// <exception cref="CommandException">Nothing can be put here.</exception>
    public async Task<RetryAnswer> RunAsync(RetryQuestion asked, CancellationToken cancellationToken)
    {
        var place = opened.Place;
        if (!place.IsBucket) throw new CommandException(CliSentences.NoBucket(place.Given));
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var others = await RetryTurn.TakeAsync(place, TimeProvider.System, cancellationToken);
            return await PutAsync(place, Chosen(asked), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task<RetryAnswer> PutAsync(Place place, List<RunRow> chosen, CancellationToken cancellationToken)
    {
        var models = chosen.Where(row => row["study_key"] is null && row["model_key"] is string).ToList();
        var said = Left(place, chosen, models);
        var putting = new RetryPutting(place, new RecordDetails(place, place.Outputs), TimeProvider.System);
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(models, bound, async (row, token) =>
        {
            try { await putting.PutAsync(row, token); }
            catch (StorageException failed)
            {
                lock (said) said.Add(CliSentences.Clean(failed.Message));
            }
        });
        said.AddRange(putting.Absent.Select(key => CliSentences.ModelIsGone(place.Shown(key))));
        said.AddRange(putting.Replaced.Select(key => CliSentences.ModelWasReplaced(place.Shown(key))));
        if (putting.Waiting > 0) said.Insert(0, CliSentences.WaitAlready(putting.Waiting));
        return new(putting.Put, [.. said.Take(MostTroubles)]);
    }

    /// <summary>Those that are named, or that failed; what runs already is left alone.</summary>
    private List<RunRow> Chosen(RetryQuestion asked)
    {
        var runs = feed.State.Runs;
        var named = asked.Folders?.ToHashSet(StringComparer.Ordinal);
        var rows = feed.Table?.Rows ?? [];
        return [.. rows.Where(row => runs.GetValueOrDefault(row.Folder) is { } run && IsChosen(run, named, asked.Reason))];
    }

    private static bool IsChosen(PageRun run, HashSet<string>? named, string? reason)
    {
        if (run.Status is "running" or "waiting") return false;
        if (named is not null) return named.Contains(run.Folder);
        return run.Status != "completed" && (reason is null || (run.Reason ?? run.Status) == reason);
    }

    private static List<string> Left(Place place, List<RunRow> chosen, List<RunRow> models)
    {
        var rows = chosen.Where(row => row["study_key"] is string).ToList();
        var said = rows.CountBy(row => (string)row["study_key"]!)
            .Select(study => CliSentences.RowsOfStudy(study.Value, place.Shown(study.Key))).ToList();
        var unknown = chosen.Count - rows.Count - models.Count;
        if (unknown > 0) said.Add(CliSentences.ModelsUnknown(unknown));
        return said;
    }
}

/// <summary>Which runs are to run again.</summary>
internal sealed record RetryQuestion
{
    /// <summary>Their folders; null: all that failed.</summary>
    public IReadOnlyList<string>? Folders { get; init; }

    /// <summary>Of those that failed only those with this reason; null: any.</summary>
    public string? Reason { get; init; }
}

/// <summary>What was put again.</summary>
/// <param name="Put">How many models.</param>
/// <param name="Said">Why others were not.</param>
internal sealed record RetryAnswer(int Put, IReadOnlyList<string> Said);
