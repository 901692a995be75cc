using System.Text;

using IdfKit.Engine;
using IdfKit.Runs.Preflight;

namespace IdfKit.Runs.Report;

/// <summary>
/// What the first line of an EPW says: <c>LOCATION,Chicago Ohare Intl Ap,IL,USA,TMY3,725300,…</c>.
/// </summary>
internal static class WeatherPlace
{
    private const int Longest = 60;

    /// <summary>Null when the file says no city.</summary>
    public static ReportWeather? Of(string path)
    {
        using var lines = new WeatherLines(path);
        if (!lines.TryRead(out var line)) return null;
        var values = Encoding.Latin1.GetString(line).Split(',', StringSplitOptions.TrimEntries);
        string? Value(int at) => at < values.Length && values[at] is not ("" or "-") ? OneLine.Of(values[at], Longest) : null;
        if (Value(1) is not { } city) return null;
        return new((Value(2) ?? Value(3)) is { } region ? $"{city}, {region}" : city, Value(4));
    }
}
