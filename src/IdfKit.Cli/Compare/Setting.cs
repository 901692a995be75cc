using System.Globalization;

using IdfKit.Runs;

namespace IdfKit.Cli.Compare;

/// <summary>What two runs were made with, where it differs.</summary>
/// <param name="Name">In snake case.</param>
/// <param name="A">Of the first; null: nothing.</param>
/// <param name="B">Of the second.</param>
internal sealed record Setting(string Name, string? A, string? B)
{
    /// <summary>Those that differ.</summary>
    public static IReadOnlyList<Setting> Differing(RunRecord a, RunRecord b)
    {
        Setting[] all =
        [
            new("status", Status(a), Status(b)),
            new("engine", a.Engine?.Version, b.Engine?.Version),
            new("weather", a.Weather?.Key, b.Weather?.Key),
            new("weather_etag", a.Weather?.ETag, b.Weather?.ETag),
            new("annual", Text(a.Options.Annual), Text(b.Options.Annual)),
            new("design_day", Text(a.Options.DesignDay), Text(b.Options.DesignDay)),
            new("expand_objects", Text(a.Options.ExpandObjects), Text(b.Options.ExpandObjects)),
            new("readvars", Text(a.Options.Readvars), Text(b.Options.Readvars)),
            new("timeout_seconds", Text(a.Options.TimeoutSeconds), Text(b.Options.TimeoutSeconds)),
            new("segments", Text(a.Segments), Text(b.Segments)),
            new("added_objects", string.Join("\n", a.AddedObjects), string.Join("\n", b.AddedObjects)),
            new("label", a.Label, b.Label),
        ];
        return [.. all.Where(setting => setting.A != setting.B)];
    }

    private static string Status(RunRecord record) =>
        CliSentences.Word(record.Status) + (record.Reason is { } reason ? $" ({reason})" : "");

    private static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);

    private static string? Text(RunSegments? segments) =>
        segments is null ? null : string.Create(CultureInfo.InvariantCulture, $"{segments.Count} ({segments.Kind})");

    private static string Text(bool value) => value ? "true" : "false";
}
