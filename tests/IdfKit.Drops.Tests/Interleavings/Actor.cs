namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>
/// One invocation of the function. It runs until each of its requests waits; then the schedule says which is done, and
/// how.
/// </summary>
internal sealed class Actor(string name, Delivery delivery, ManualTime time)
{
    private static readonly string[] Staged = ["/office.job.json", "/office.epw", "/office.idf"]; // asked for at once

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Step> _waiting = new(StringComparer.Ordinal);
    private int _expected;
    private TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _watched = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name { get; } = name;

    public Delivery Delivery { get; } = delivery;

    public ManualTime Time { get; } = time;

    /// <summary>
    /// How many files the run has written and not uploaded yet; they are uploaded at once. One that does not simulate has its page.
    /// </summary>
    public int ResultFiles { get; set; } = 1;

    /// <summary>What its simulation has written into every result; null before.</summary>
    public string? Marker { get; set; }

    /// <summary>How many writes of its record are still to be refused.</summary>
    public int Refusals { get; set; }

    /// <summary>Whether it stood still for so long that its event was delivered again: what becomes of it matters to nobody.</summary>
    public bool IsThawed { get; set; }

    public bool IsDead { get; private set; }

    public Task Invocation { get; private set; } = Task.CompletedTask;

    public bool IsOver => IsDead || Invocation.IsCompleted;

    /// <summary>The request that is next, when there is one.</summary>
    public Step? Next
    {
        get { lock (_gate) return _waiting.Values.FirstOrDefault(); }
    }

    public void Start(Func<Task> invocation)
    {
        Invocation = invocation();
        Invocation.ContinueWith(_ => Signal(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits until nothing of it moves.</summary>
    public async Task QuietAsync()
    {
        Task quiet;
        lock (_gate) quiet = _quiet.Task;
        try { await quiet.WaitAsync(TimeSpan.FromSeconds(30)); }
        catch (TimeoutException) { throw new InvalidOperationException(
            $"{Name} does not come to rest: it has {string.Join(", ", _waiting.Keys)} of {_expected}."); }
    }

    public Task<T> AskAsync<T>(Step<T> step, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_waiting.Count == 0 && _expected == 0) _expected = GroupOf(step);
            _waiting.Add(step.Name, step);
        }
        var answer = step.AnswerAsync(cancellationToken);
        Signal();
        return answer;
    }

    /// <summary>Lets the next request be done, or fail, or the invocation die.</summary>
    public void Advance(Fate fate)
    {
        var step = Next!;
        var isGone = step.IsGone();
        if (fate != Fate.Crash) step.Do(fate);
        lock (_gate)
        {
            _waiting.Remove(step.Name);
            // What cannot be completed is sent as a whole, at once.
            if (step.Operation != "Complete" || !(step.IsUnavailable || isGone)) _expected--;
            if (step is { Operation: "Upload", IsUnavailable: true })
            {
                _waiting.Clear(); // the others of the group are canceled
                _expected = 0;
            }
            if (_expected == 0) _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
            IsDead |= fate is Fate.Crash or Fate.CrashAfter;
        }
        if (fate == Fate.Crash) return;
        step.Answer();
        if (step is { Operation: "Upload" or "Complete", HasSucceeded: true }) ResultFiles--;
        if (IsDead) return;
        // The watch has looked: it told the progress, or could not look at the record.
        if (step.Operation == "Write" && step.Path.EndsWith("/progress.json", StringComparison.Ordinal)) _watched.TrySetResult();
        if (fate != Fate.Done && step.Operation is ("Stat" or "Download") && step.Path.EndsWith("/run.json", StringComparison.Ordinal))
            _watched.TrySetResult();
    }

    /// <summary>Lets the watch of the claim look once, and waits until it has.</summary>
    public async Task WatchOnceAsync(CancellationToken takenOver)
    {
        _watched = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Time.Tick();
        await _watched.Task.WaitAsync(takenOver);
    }

    private int GroupOf(Step step) =>
        step.Operation is "Upload" or "Complete"
            ? ResultFiles
            : step.Operation is "Read" or "Download" && Staged.Any(step.Path.EndsWith) ? Staged.Length
            : 1;

    private void Signal()
    {
        lock (_gate)
        {
            if (Invocation.IsCompleted && Invocation != Task.CompletedTask || _expected > 0 && _waiting.Count == _expected)
                _quiet.TrySetResult();
        }
    }
}
