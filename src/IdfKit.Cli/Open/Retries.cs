using IdfKit.Cli.Places;
using IdfKit.Cli.Retry;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Open;

/// <summary>Runs models again that the page has chosen, each put onto itself as <c>idfkit retry</c> does.</summary>
internal sealed class Retries(OpenedPlace opened, RunFeed feed)
{
    private const int Concurrency = 8, MostTroubles = 5;

    /// <exception cref="CommandException">Nothing can be put here.</exception>
    public async Task<RetryAnswer> RunAsync(RetryQuestion asked, CancellationToken cancellationToken)
    {
        var place = opened.Place;
        if (!place.IsBucket) throw new CommandException(CliSentences.NoBucket(place.Given));
        var chosen = Chosen(asked);
        var models = chosen.Where(row => row["study_key"] is null && row["model_key"] is string).ToList();
        var said = Left(place, chosen, models);
        var (put, again) = (0, new PutAgain(place));
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(models, bound, async (row, token) =>
        {
            var key = (string)row["model_key"]!;
            if (await TroubleOfAsync(again, key, place, token) is not { } trouble) Interlocked.Increment(ref put);
            else lock (said) said.Add(trouble);
        });
        return new(put, [.. said.Take(MostTroubles)]);
    }

    private static async Task<string?> TroubleOfAsync(PutAgain again, string key, Place place, CancellationToken cancellationToken)
    {
        try
        {
            var isPut = await place.LookAsync(key, cancellationToken) is { } entry && await again.PutAsync(entry, cancellationToken);
            return isPut ? null : CliSentences.ModelIsGone(place.Shown(key));
        }
        catch (StorageException failed) { return CliSentences.Clean(failed.Message); }
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
