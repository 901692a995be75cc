namespace IdfKit.Engine;

/// <summary>The times at which anything of one frequency was reported in one environment.</summary>
internal sealed class EsoAxis(ResultFrequency frequency)
{
    private EsoStamp[] _stamps = new EsoStamp[4];
    private long _last = -1;

    public ResultFrequency Frequency { get; } = frequency;

    public int Kind { get; } = EsoStamp.KindOf(frequency);

    public int Count { get; private set; }

    public EsoStamp this[int index] => _stamps[index];

    /// <summary>Adds the stamp unless it is the one added last; serials number all stamps of an environment.</summary>
    public void Reach(long serial, in EsoStamp stamp)
    {
        if (_last == serial) return;
        _last = serial;
        if (Count == _stamps.Length) Array.Resize(ref _stamps, Count * 2);
        _stamps[Count++] = stamp;
    }
}
