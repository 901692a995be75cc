namespace IdfKit.Runs.Charts;

/// <summary>An axis from 0 whose marks are round numbers: 0, 20, 40.</summary>
/// <param name="Step">Between two marks: 1, 2 or 5 times a power of ten.</param>
/// <param name="Marks">How many there are above 0.</param>
internal readonly record struct RoundScale(double Step, int Marks)
{
    public double Top => Step * Marks;

    /// <summary>How many decimals its marks have.</summary>
    public int Decimals => Math.Clamp((int)-Math.Floor(Math.Log10(Step) + 1e-9), 0, 6);

    /// <summary>The scale that reaches a number above 0, in at most six marks.</summary>
    public static RoundScale To(double largest)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(largest / 5)));
        var step = power * ((largest / 5 / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        return new(step, Math.Max(1, (int)Math.Ceiling(largest / step - 1e-9)));
    }
}
