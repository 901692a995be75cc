namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>The clock of one invocation: it stands still until the schedule moves it on, and its timers fire only when told to.</summary>
/// <param name="clock">The time of the whole schedule.</param>
/// <param name="skew">How far this machine's clock is off.</param>
internal sealed class ManualTime(ScheduleClock clock, TimeSpan skew) : TimeProvider
{
    private readonly List<Timer> _timers = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => clock.Now + skew;

    public override long GetTimestamp() => clock.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(callback, state, IsPeriodic: period > TimeSpan.Zero);
        lock (_timers) _timers.Add(timer);
        return timer;
    }

    /// <summary>Lets the periodic timers fire once.</summary>
    public void Tick()
    {
        Timer[] timers;
        lock (_timers) timers = [.. _timers];
        foreach (var timer in timers) timer.Fire();
    }

    private sealed record Timer(TimerCallback Callback, object? State, bool IsPeriodic) : ITimer
    {
        private volatile bool _isDisposed;

        public void Fire()
        {
            if (IsPeriodic && !_isDisposed) Callback(State);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _isDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>What time it is in a schedule.</summary>
internal sealed class ScheduleClock
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
}
