using IdfKit.Cli.Places;
using IdfKit.Cli.Watch;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Open;

/// <summary>
/// Looks at the place again and again while a page is open, as <c>idfkit watch</c> does, once for all pages; and gives out how it stands.
/// </summary>
internal sealed class RunFeed(OpenedPlace opened, LocalService service, TimeProvider time)
{
    private static readonly TimeSpan HereEvery = TimeSpan.FromSeconds(1), ElsewhereEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = New(), _wanted = New();
    private WatchLook? _look;
    private RestTime _rest = new(time);
    private bool _listsModels;
    private int _pages;

    public PageState State { get; private set; } = PageState.Empty;

    /// <summary>All runs as the last look saw them; null: there was none yet.</summary>
    public RunTable? Table => _look?.Table;

    /// <summary>A page is open; until this is disposed of, the place is looked at.</summary>
    public IDisposable Open()
    {
        lock (_gate)
        {
            _pages++;
            _wanted.TrySetResult();
        }
        return new OpenPage(this);
    }

    /// <summary>Something was put: the next look is due, and finds models, too.</summary>
    public void Nudge()
    {
        lock (_gate)
        {
            _listsModels = true;
            _wanted.TrySetResult();
        }
    }

    /// <summary>The state after another one, as soon as there is one.</summary>
    public async Task<PageState> AfterAsync(long version, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (State.Version > version) return State;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Looks until it is stopped.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await WantedAsync(cancellationToken);
            var began = time.GetTimestamp();
            var next = await NextAsync(cancellationToken);
            if (!State.IsLike(next)) Publish(next);
            var (took, every) = (time.GetElapsedTime(began), opened.CanBeServed ? HereEvery : ElsewhereEvery);
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(Task.Delay(took * 2 > every ? took * 2 : every, time, pause.Token), NudgedAsync());
            await pause.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<PageState> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (opened.HasBecomeBucket()) (_look, _rest) = (null, new(time));
            var place = opened.Place;
            _look ??= new(place, await opened.RunsAsync(cancellationToken), new(), time);
            bool listsModels;
            lock (_gate) (listsModels, _listsModels) = (_listsModels, false);
            var watched = await _look.LookAsync(listsModels, cancellationToken);
            return new(State.Version + 1, RunsOf(watched))
            {
                IsKnown = true, Failures = _look.Failures, RestSeconds = Rounded(_rest.Of(watched)), CanDrop = place.IsBucket,
                IsServed = Served.Is(place), WhyNotServed = service.Refusal,
            };
        }
        catch (Exception failed) when (failed is StorageException or CommandException or IOException or UnauthorizedAccessException)
        {
            var trouble = CliSentences.Clean(failed.Message);
            return State with { Version = State.Version + 1, Trouble = trouble, WhyNotServed = service.Refusal };
        }
    }

    private Dictionary<string, PageRun> RunsOf(WatchState watched)
    {
        var rows = _look!.Table!.Rows.ToDictionary(row => row.Folder, StringComparer.Ordinal);
        return watched.Runs.Values.ToDictionary(
            run => run.Folder,
            run => PageRun.Of(run, rows.GetValueOrDefault(run.Folder), watched.Progress.GetValueOrDefault(run.Folder)),
            StringComparer.Ordinal);
    }

    private static double? Rounded(TimeSpan? rest) => rest is { } span ? Math.Ceiling(span.TotalSeconds / 5) * 5 : null;

    private void Publish(PageState next)
    {
        TaskCompletionSource changed;
        lock (_gate) (State, changed, _changed) = (next, _changed, New());
        changed.TrySetResult();
    }

    private async Task WantedAsync(CancellationToken cancellationToken)
    {
        Task wanted;
        lock (_gate) wanted = _pages > 0 ? Task.CompletedTask : _wanted.Task;
        await wanted.WaitAsync(cancellationToken);
        lock (_gate)
            if (_wanted.Task.IsCompleted) _wanted = New(); // what was wanted is looked at now, once
    }

    private Task NudgedAsync()
    {
        lock (_gate) return _wanted.Task;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class OpenPage(RunFeed feed) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._gate)
                if (--feed._pages == 0) feed._wanted = New();
        }
    }
}
