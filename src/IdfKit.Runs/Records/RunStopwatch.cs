namespace IdfKit.Runs.Records;

/// <summary>Where the time of a run goes.</summary>
internal sealed class RunStopwatch
{
    private readonly TimeProvider _time;
    private readonly long _began;
    private long _lapped;

    public RunStopwatch(TimeProvider time)
    {
        _time = time;
        _began = _lapped = time.GetTimestamp();
    }

    /// <summary>Milliseconds since the run began.</summary>
    public long TotalMs => (long)_time.GetElapsedTime(_began).TotalMilliseconds;

    /// <summary>Milliseconds since the last lap, or since the run began; begins the next one.</summary>
    public long LapMs()
    {
        var now = _time.GetTimestamp();
        var elapsed = (long)_time.GetElapsedTime(_lapped, now).TotalMilliseconds;
        _lapped = now;
        return elapsed;
    }
}
