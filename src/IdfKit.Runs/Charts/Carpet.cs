namespace IdfKit.Runs.Charts;

/// <summary>Values by hour as an image: a column for each day, midnight below and above, dark for low and bright for high.</summary>
internal static class Carpet
{
    private const int Hours = 24, Shades = 32;
    private const byte Missing = Shades;

    // The same as in the page's style; each is lighter than the one before.
    private static readonly (byte Red, byte Green, byte Blue)[] Stops =
        [(0x0c, 0x14, 0x3a), (0x36, 0x42, 0x9e), (0xb4, 0x36, 0x79), (0xf8, 0x87, 0x50), (0xfc, 0xf4, 0xb0)];

    private static readonly (byte, byte, byte, byte)[] Colours = [.. Enumerable.Range(0, Shades).Select(ColourOf), (0, 0, 0, 0)];

    /// <summary>The image; null when there is no number among the values.</summary>
    /// <param name="values">From the first hour of a day, hour by hour; what is no number is left transparent.</param>
    public static byte[]? Png(IReadOnlyList<double> values)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite)) (least, most) = (Math.Min(least, value), Math.Max(most, value));
        if (least > most) return null;

        var days = (values.Count + Hours - 1) / Hours;
        var pixels = new byte[days * Hours];
        Array.Fill(pixels, Missing);
        for (var at = 0; at < values.Count; at++)
            pixels[(Hours - 1 - at % Hours) * days + at / Hours] = ShadeOf(values[at], least, most);
        return IndexedPng.Of(days, pixels, Colours);
    }

    private static byte ShadeOf(double value, double least, double most)
    {
        if (!double.IsFinite(value)) return Missing;
        var part = most > least ? value / (most - least) - least / (most - least) : 0;
        return (byte)Math.Clamp((int)Math.Round(part * (Shades - 1)), 0, Shades - 1);
    }

    private static (byte, byte, byte, byte) ColourOf(int shade)
    {
        var place = shade * (Stops.Length - 1) / (double)(Shades - 1);
        var below = Math.Min((int)place, Stops.Length - 2);
        var (from, to) = (Stops[below], Stops[below + 1]);
        byte Between(byte one, byte other) => (byte)Math.Round(one + (other - one) * (place - below));
        return (Between(from.Red, to.Red), Between(from.Green, to.Green), Between(from.Blue, to.Blue), byte.MaxValue);
    }
}
