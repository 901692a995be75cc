namespace IdfKit.Engine.Running;

/// <summary>Counts what is under way, so that the end of all of it can be awaited.</summary>
internal sealed class RunningCount
{
    private static int _ofProcess;

    private readonly Lock _gate = new();
    private TaskCompletionSource? _none;
    private int _count;

    /// <summary>How many are under way in this process, counted anywhere.</summary>
    public static int OfProcess => Volatile.Read(ref _ofProcess);

    public Leaving Enter()
    {
        Interlocked.Increment(ref _ofProcess);
        lock (_gate) _count++;
        return new(this);
    }

    public Task WhenNone()
    {
        lock (_gate)
        {
            if (_count == 0) return Task.CompletedTask;
            return (_none ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Leave()
    {
        Interlocked.Decrement(ref _ofProcess);
        lock (_gate)
        {
            if (--_count == 0) _none?.TrySetResult();
        }
    }

    public readonly struct Leaving(RunningCount count) : IDisposable
    {
        public void Dispose() => count.Leave();
    }
}
