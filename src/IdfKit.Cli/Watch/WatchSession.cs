using IdfKit.Cli.Places;
using IdfKit.Cli.Show;
using IdfKit.Cli.Terminal;

namespace IdfKit.Cli.Watch;

/// <summary>Watches a place until nothing is open there.</summary>
internal sealed class WatchSession(Place place, WatchOptions options, TimeProvider time)
{
    private const string Name = "watch";

    private WatchState _state = WatchState.Empty;

    /// <returns>The exit code: whether all have completed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var folder = place.IsBucket ? place.Outputs : await place.FindRunsAsync(cancellationToken);
        var look = new WatchLook(place, folder, options, time);
        IWatchView view = options.IsJson ? new JsonView(Console.Out, time)
            : Screen.IsLive ? new LiveView(Console.Out)
            : new PlainView(Console.Out);
        try
        {
            await WatchAsync(look, view, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            view.End();
            CommandGuard.Say(Name, CliSentences.StoppedWatching(_state.Counts, place.Given));
            return ExitCode.Failure;
        }
        view.End();
        if (_state.Runs.Count == 0) throw new CommandException(CliSentences.NothingToWatch(place.Shown(folder)));
        if (!options.IsJson) End(look);
        return _state.HasFailures ? ExitCode.Failure : ExitCode.Success;
    }

    private async Task WatchAsync(WatchLook look, IWatchView view, CancellationToken cancellationToken)
    {
        var rest = new RestTime(time);
        for (var isFirst = true; ; isFirst = false)
        {
            var began = time.GetTimestamp();
            var state = await look.LookAsync(cancellationToken);
            view.Show(state, isFirst ? [] : state.Since(_state), rest.Of(state));
            _state = state;
            if (state.Open == 0) return;
            if (isFirst && !options.IsJson && Served.Is(place) == false)
                CommandGuard.Say(Name, CliSentences.NobodyServes(place.LocalRoot!));
            var took = time.GetElapsedTime(began);
            await Task.Delay(took * 2 > options.Every ? took * 2 : options.Every, time, cancellationToken);
        }
    }

    private void End(WatchLook look)
    {
        var watched = look.Failures;
        if (options.Only is null) RunsTable.WriteFailures(Console.Out, watched);
        Console.Out.WriteLine(CliSentences.CountedRuns(_state.Runs.Count, _state.Counts));
        if (_state.HasFailures) Console.Out.WriteLine(CliSentences.RetryThem(place.Given));
    }
}
