using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using TestBed;

namespace SegmentsBench;

/// <summary>A model with one run period of a whole year in place of its own, for the EnergyPlus at hand.</summary>
internal static partial class AnnualModel
{
    private const string Version = "25.2";
    private const string Year = "RunPeriod, Whole year, 1, 1, , 12, 31, , Sunday, Yes, Yes, No, Yes, Yes;\n";

    private const string JsonYear = """
        {"Whole year": {"begin_month": 1, "begin_day_of_month": 1, "end_month": 12, "end_day_of_month": 31,
            "day_of_week_for_start_day": "Sunday", "use_weather_file_holidays_and_special_days": "Yes",
            "use_weather_file_daylight_saving_period": "Yes", "apply_weekend_holiday_rule": "No",
            "use_weather_file_rain_indicators": "Yes", "use_weather_file_snow_indicators": "Yes"}}
        """;

    /// <summary>The models that are named, each a file or a folder of them; where none is, those of the tests and the example.</summary>
    /// <param name="places">Separated by commas.</param>
    /// <param name="only">A part of the name.</param>
    public static IReadOnlyList<string> In(string? places, string only)
    {
        var named = places?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            ?? [RealParts.Shared("models"), RealParts.Model("one-zone")];
        var files = named.SelectMany(place => Directory.Exists(place) ? Directory.GetFiles(place) : [place]);
        return [.. files.Where(IsModel).Where(path => Path.GetFileName(path).Contains(only, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Writes it annual into a folder, and gives its path.</summary>
    public static string Write(string from, string folder)
    {
        var path = Path.Combine(folder, Path.GetFileName(from));
        File.WriteAllText(path, IsJson(from) ? EpJson(File.ReadAllText(from)) : Idf(File.ReadAllText(from)));
        return path;
    }

    /// <summary>The weather that goes with the name of a model.</summary>
    public static string WeatherOf(string model) =>
        RealParts.Weather(Path.GetFileName(model).Contains("Chicago", StringComparison.Ordinal) ? "Chicago" : "Golden");

    private static bool IsModel(string path) => IsJson(path) || path.EndsWith(".idf", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string path) => path.EndsWith(".epJSON", StringComparison.OrdinalIgnoreCase);

    private static string Idf(string text) =>
        VersionOf().Replace(NoWeather().Replace(RunPeriod().Replace(text, ""), "${before}Yes;"), $"${{before}}{Version};", 1) + "\n" + Year;

    private static string EpJson(string text)
    {
        var root = JsonNode.Parse(text)!.AsObject();
        root["RunPeriod"] = JsonNode.Parse(JsonYear);
        foreach (var version in root["Version"]!.AsObject()) version.Value!["version_identifier"] = Version;
        foreach (var control in root["SimulationControl"]?.AsObject() ?? [])
            control.Value!["run_simulation_for_weather_file_run_periods"] = "Yes";
        return root.ToJsonString();
    }

    [GeneratedRegex(@"^\s*RunPeriod\s*,[^;]*;[^\n]*\n", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex RunPeriod();

    [GeneratedRegex(@"(?<before>^\s*Version\s*,\s*)[^;]*;", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex VersionOf();

    // The fifth field of SimulationControl: whether run periods are simulated.
    [GeneratedRegex(
        @"(?<before>^\s*SimulationControl\s*,(?:[^,;]*,){4}(?:[^\S\n]*![^\n]*\n)?\s*)No(?=\s*[,;])[^;]*;",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex NoWeather();
}
