using System.Globalization;

namespace IdfKit.Runs.Markup;

/// <summary>Numbers as people read them, in the invariant culture: 1,234.5. A file may say any number, or none.</summary>
internal static class NumberText
{
    private const double Largest = 1e12;

    /// <summary>With a fixed number of decimals, so that a column of them lines up; "–" for what is no number.</summary>
    public static string Fixed(double value, int decimals = 0)
    {
        if (!double.IsFinite(value)) return "–";
        if (Math.Abs(value) >= Largest) return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0; // no -0
        return rounded.ToString("#,0" + (decimals == 0 ? "" : "." + new string('0', decimals)), CultureInfo.InvariantCulture);
    }

    /// <summary>With so many decimals that about three digits say something: 0.12, 4.7, 278.</summary>
    public static string Short(double value) => Fixed(value, Math.Abs(value) switch { >= 99.95 or 0 => 0, >= 0.995 => 1, _ => 2 });

    /// <summary>An amount of bytes: 605 kB.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => Fixed(bytes) + " bytes",
        < 999_500 => Fixed(bytes / 1e3) + " kB",
        < 999_950_000 => Fixed(bytes / 1e6, 1) + " MB",
        _ => Fixed(bytes / 1e9, 1) + " GB",
    };

    /// <summary>Milliseconds as seconds: 0.8 s, 125 s.</summary>
    public static string Seconds(long milliseconds) => Fixed(milliseconds / 1e3, milliseconds < 9_950 ? 1 : 0) + " s";
}
