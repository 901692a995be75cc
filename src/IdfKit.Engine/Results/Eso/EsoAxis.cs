namespace IdfKit.Engine.Results.Eso;

/// <summary>The times at which anything of one frequency was reported in one environment.</summary>
internal sealed class EsoAxis(ResultFrequency frequency)
{
    private EsoStamp[] _stamps = new EsoStamp[4];

    public ResultFrequency Frequency { get; } = frequency;

    public int Kind { get; } = EsoStamp.KindOf(frequency);

    public int Count { get; private set; }

    public EsoStamp this[int index] => _stamps[index];

    /// <summary>Whether the last time that was read is the last one here: a time counts only where something was reported at it.</summary>
    public bool IsReached { get; set; }

    public void Reach(in EsoStamp stamp)
    {
        IsReached = true;
        if (Count == _stamps.Length) Array.Resize(ref _stamps, Count * 2);
        _stamps[Count++] = stamp;
    }
}
