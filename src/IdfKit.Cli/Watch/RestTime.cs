namespace IdfKit.Cli.Watch;

/// <summary>How long it will take until nothing is open, from how many runs have ended since the first look.</summary>
internal sealed class RestTime(TimeProvider time)
{
    private const int LeastEnded = 2;

    private long? _began;
    private int _ended;

    /// <summary>Null: too little is known yet.</summary>
    public TimeSpan? Of(WatchState state)
    {
        if (_began is not { } began)
        {
            (_began, _ended) = (time.GetTimestamp(), state.Ended);
            return null;
        }
        var ended = state.Ended - _ended;
        return ended < LeastEnded ? null : time.GetElapsedTime(began) / ended * state.Open;
    }
}
