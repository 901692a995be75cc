namespace IdfKit.Engine.Running;

/// <summary>Counts what is under way, so that the end of all of it can be awaited.</summary>
internal sealed class RunningCount
{
    private static int _ofProcess;

    private readonly Lock _gate = new();
    private TaskCompletionSource? _none;
    private int _count;

    /// <summary>How many are under way in this process, counted anywhere; of a run in parts the processors that it holds.</summary>
    public static int OfProcess => Volatile.Read(ref _ofProcess);

    /// <summary>
    /// Holds processors for the parts of a run until it is disposed; null where that made more than there are. Two that look at once do
    /// not get the same ones.
    /// </summary>
    /// <param name="count">How many run at once.</param>
    /// <param name="most">How many processors there are.</param>
    public static IDisposable? TryHold(int count, int most)
    {
        while (true)
        {
            var now = OfProcess;
            if (now + count > most) return null;
            if (Interlocked.CompareExchange(ref _ofProcess, now + count, now) == now) return new Held(count);
        }
    }

    /// <param name="isHeld">Whether it runs on a processor that is held, and so counted, already.</param>
    public Leaving Enter(bool isHeld = false)
    {
        if (!isHeld) Interlocked.Increment(ref _ofProcess);
        lock (_gate) _count++;
        return new(this, isHeld);
    }

    public bool IsNone
    {
        get
        {
            lock (_gate) return _count == 0;
        }
    }

    public Task WhenNone()
    {
        lock (_gate)
        {
            if (_count == 0) return Task.CompletedTask;
            return (_none ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Leave(bool isHeld)
    {
        if (!isHeld) Interlocked.Decrement(ref _ofProcess);
        lock (_gate)
        {
            if (--_count == 0) _none?.TrySetResult();
        }
    }

    public readonly struct Leaving(RunningCount count, bool isHeld) : IDisposable
    {
        public void Dispose() => count.Leave(isHeld);
    }

    private sealed class Held(int count) : IDisposable
    {
        private int _count = count;

        public void Dispose() => Interlocked.Add(ref _ofProcess, -Interlocked.Exchange(ref _count, 0));
    }
}
