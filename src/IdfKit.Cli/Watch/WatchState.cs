using IdfKit.Runs;

namespace IdfKit.Cli.Watch;

/// <summary>How things stand at one look.</summary>
/// <param name="Runs">All, by folder.</param>
/// <param name="Progress">How far some of those are that run.</param>
internal sealed record WatchState(
    IReadOnlyDictionary<string, WatchedRun> Runs, IReadOnlyDictionary<string, RunProgress> Progress)
{
    public static WatchState Empty { get; } = new(new Dictionary<string, WatchedRun>(), new Dictionary<string, RunProgress>());

    public int Open { get; } = Runs.Values.Count(run => run.IsOpen);

    public int Ended => Runs.Count - Open;

    /// <summary>How many are in each state, those that are open first.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; } = Runs.Values.CountBy(run => run.Status)
        .OrderBy(count => count.Key switch { WatchedRun.Running => 0, WatchedRun.Waiting => 1, WatchedRun.Completed => 2, _ => 3 })
        .ThenBy(count => count.Key, StringComparer.Ordinal)
        .ToDictionary(count => count.Key, count => count.Value, StringComparer.Ordinal);

    public IEnumerable<WatchedRun> Running => Runs.Values.Where(run => run.Status == WatchedRun.Running);

    public IEnumerable<WatchedRun> Waiting => Runs.Values.Where(run => run.Status == WatchedRun.Waiting);

    public bool HasFailures => Runs.Values.Any(run => run.IsFailure);

    /// <summary>What has another state, or is another run, than at an earlier look; in the order of the folders.</summary>
    public IReadOnlyList<WatchedRun> Since(WatchState earlier) =>
    [
        .. Runs.Values.Where(run => !earlier.Runs.TryGetValue(run.Folder, out var before)
            || before.Status != run.Status || before.RunId != run.RunId).OrderBy(run => run.Folder, StringComparer.Ordinal),
    ];
}
