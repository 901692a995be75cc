namespace IdfKit.Engine.Results.Eso;

/// <summary>A series by hour: of shorter steps their sum, and how many they were.</summary>
internal sealed class HourSums
{
    private double[] _sums = new double[48];
    private byte[] _counts = new byte[48];

    /// <summary>How many hours there are, those without a value included.</summary>
    public int Count { get; private set; }

    /// <summary>The sum of the hour's values; NaN where it has none.</summary>
    public double SumOf(int hour) => hour < Count && _counts[hour] > 0 ? _sums[hour] : double.NaN;

    /// <summary>The mean of the hour's values; NaN where it has none.</summary>
    public double MeanOf(int hour) => SumOf(hour) / (hour < Count ? _counts[hour] : 1);

    /// <param name="hour">Less than <see cref="PickedPeriod.MostHours"/>.</param>
    /// <param name="value">Of the hour or a part of it.</param>
    public void Add(int hour, double value)
    {
        if (hour >= _sums.Length) Grow(hour + 1);
        Count = Math.Max(Count, hour + 1);
        if (_counts[hour] == byte.MaxValue) return; // no step is so short
        _sums[hour] += value;
        _counts[hour]++;
    }

    private void Grow(int least)
    {
        var length = Math.Min(PickedPeriod.MostHours, Math.Max(least, _sums.Length * 4));
        Array.Resize(ref _sums, length);
        Array.Resize(ref _counts, length);
    }
}
