namespace IdfKit.Cli.Watch;

/// <summary>Lines that can be piped: how things stand first, then one for each change.</summary>
internal sealed class PlainView(TextWriter output) : IWatchView
{
    private bool _hasBegun;

    public void Show(WatchState state, IReadOnlyList<WatchedRun> changed, TimeSpan? rest)
    {
        if (!_hasBegun) output.WriteLine(CliSentences.Watched(state.Counts, state.Runs.Count, rest));
        _hasBegun = true;
        foreach (var run in changed)
            output.WriteLine(CliSentences.WatchedRun(run.Status, run.Name, run.Seconds, run.SiteEuiKwhM2, MessageOf(run)));
    }

    public void End() => output.Flush();

    private static string? MessageOf(WatchedRun run) => run.IsFailure ? run.Message : null;
}
