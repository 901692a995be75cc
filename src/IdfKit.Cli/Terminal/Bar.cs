namespace IdfKit.Cli.Terminal;

/// <summary>How far something is, as a row of strokes.</summary>
internal static class Bar
{
    public static string Of(double done, double all, int width)
    {
        var full = all <= 0 ? width : (int)Math.Round(Math.Clamp(done / all, 0, 1) * width);
        return new string('━', full) + new string('─', width - full);
    }
}
