namespace IdfKit.Engine.Results.Eso;

/// <summary>
/// Guesses how many values a column will have, so that it is seldom copied and has little room to spare: a day first, then a year, unless
/// what is left of the file says otherwise.
/// </summary>
internal sealed class EsoGrowth(long? streamBytes)
{
    /// <summary>Where the environment begins in the file.</summary>
    public long EnvironmentStart { get; set; }

    /// <summary>How far the file is read.</summary>
    public long Position { get; set; }

    public int Next(long count, EsoAxis axis)
    {
        long perDay = PerDay(axis);
        if (count < perDay) return (int)perDay;
        var year = axis.Frequency is ResultFrequency.Monthly ? 12 : perDay * 366;
        var expected = Expected(count);
        if (count < year && (expected is null || (expected > year * 0.5 && expected < year * 2))) return (int)year;
        var guess = Math.Min((expected ?? (count * 2)) * 1.1, (count * 32) + 32);
        return (int)Math.Min(Math.Max(count + (count / 4) + 2, guess), Array.MaxLength);
    }

    /// <summary>
    /// As many for the rest of the file as for what was read of it, which is not yet enough to tell at first; null when
    /// its length is not known.
    /// </summary>
    private double? Expected(long count)
    {
        var read = Math.Max(1, Position - EnvironmentStart);
        return streamBytes is { } all ? count * (1 + (Math.Max(0, all - Position) / (double)read)) : null;
    }

    private static int PerDay(EsoAxis axis)
    {
        if (axis.Frequency is not (ResultFrequency.Hourly or ResultFrequency.Timestep or ResultFrequency.Detailed)) return 1;
        var stamp = axis[0];
        return 144_000 / Math.Clamp(stamp.EndHundredths - stamp.StartHundredths, 100, 6000);
    }
}
