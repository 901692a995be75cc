using System.Text.RegularExpressions;

using TestBed;

namespace SegmentsBench;

/// <summary>A model with one run period of a whole year in place of its own.</summary>
internal static partial class AnnualModel
{
    private const string Year = "RunPeriod, Whole year, 1, 1, , 12, 31, , Sunday, Yes, Yes, No, Yes, Yes;\n";

    /// <summary>Every model of a folder, and the example.</summary>
    public static IReadOnlyList<string> In(string? folder, string only) =>
    [
        .. Directory.GetFiles(folder ?? RealParts.Shared("models"), "*.idf").Append(RealParts.Model("one-zone"))
            .Where(path => Path.GetFileName(path).Contains(only, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Writes it annual, with the outputs that are compared.</summary>
    public static void Write(string from, string to)
    {
        var text = RunPeriod().Replace(File.ReadAllText(from), "");
        text = NoWeather().Replace(text, "${before}Yes;");
        File.WriteAllText(to, text + "\n" + Year);
    }

    /// <summary>The weather that goes with the name of a model.</summary>
    public static string WeatherOf(string model) =>
        RealParts.Weather(Path.GetFileName(model).Contains("Chicago", StringComparison.Ordinal) ? "Chicago" : "Golden");

    [GeneratedRegex(@"^\s*RunPeriod\s*,[^;]*;[^\n]*\n", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex RunPeriod();

    // The fifth field of SimulationControl: whether run periods are simulated.
    [GeneratedRegex(
        @"(?<before>^\s*SimulationControl\s*,(?:[^,;]*,){4}(?:[^\S\n]*![^\n]*\n)?\s*)No(?=\s*[,;])[^;]*;",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex NoWeather();
}
