using System.Runtime.CompilerServices;

namespace IdfKit.Engine.Results.Eso;

/// <summary>One variable's values in one environment, as they come.</summary>
internal sealed class EsoColumn(EsoAxis axis, EsoGrowth growth)
{
    private double[] _values = [];

    /// <summary>Where each value stands on the axis; null while every value has come at every time.</summary>
    private int[]? _positions;

    private List<EsoExtremes>? _extremes;

    private int _count;

    public EsoAxis Axis { get; } = axis;

    /// <summary>Whether nothing was added yet at the axis's last time.</summary>
    public bool IsDue => _count == 0 || PositionOf(_count - 1) != Axis.Count - 1;

    public ReadOnlyMemory<double> Values => _values.AsMemory(0, _count);

    /// <summary>Adds the value of the axis's last time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double value)
    {
        var count = _count;
        var values = _values;
        if ((uint)count >= (uint)values.Length) values = Grow();
        values[count] = value;
        _count = count + 1;
        if (_positions is not null || count != Axis.Count - 1) AddPosition(count);
    }

    /// <summary>Adds what stands behind the last value.</summary>
    public void Add(in EsoExtremes extremes)
    {
        _extremes ??= [];
        while (_extremes.Count < _count - 1) _extremes.Add(EsoExtremes.None);
        if (_extremes.Count == _count - 1) _extremes.Add(extremes);
    }

    /// <summary>The extremes of each value in these intervals; empty when the file has none.</summary>
    public IReadOnlyList<ResultExtremes> ExtremesIn(IReadOnlyList<ResultTime> intervals)
    {
        if (_extremes is null) return [];
        var extremes = new ResultExtremes[_count];
        for (var i = 0; i < _count; i++)
            extremes[i] = i < _extremes.Count ? _extremes[i].In(intervals[i]) : ResultExtremes.None(intervals[i]);
        return extremes;
    }

    /// <summary>Gives back room that is not needed. What is little is left: a copy of a year would cost more than it saves.</summary>
    public void Trim()
    {
        if (_values.Length - _count > 16 + (_count / 8)) Array.Resize(ref _values, _count);
    }

    /// <summary>Where the value stands on the axis.</summary>
    public int PositionOf(int index) => _positions is null ? index : _positions[index];

    private double[] Grow()
    {
        var values = GC.AllocateUninitializedArray<double>(growth.Next(_count, Axis));
        _values.CopyTo(values, 0);
        return _values = values;
    }

    private void AddPosition(int count)
    {
        if (_positions is null)
        {
            _positions = new int[_values.Length];
            for (var i = 0; i < count; i++) _positions[i] = i;
        }
        if (count >= _positions.Length) Array.Resize(ref _positions, _values.Length);
        _positions[count] = Axis.Count - 1;
    }
}
