using IdfKit.Runs.Tables;

namespace IdfKit.Studies.Page;

/// <summary>What the page of a study is made of.</summary>
/// <param name="Record">What became of it.</param>
/// <param name="Table">Its results; null: none.</param>
internal sealed record PageFacts(StudyRecord Record, ITableContent? Table)
{
    private const int Most = 4;

    /// <summary>The versions of EnergyPlus that ran it, at most four.</summary>
    public IReadOnlyList<string> Engines { get; init; } = [];

    /// <summary>The weather files of its runs, at most four.</summary>
    public IReadOnlyList<string> Weather { get; init; } = [];

    public static PageFacts Of(StudyRecord record, StudyTable? table) => new(record, table?.Content)
    {
        Engines = Different(table, "engine_version"),
        Weather = [.. Different(table, "weather_key").Select(key => key[(key.LastIndexOf('/') + 1)..])],
    };

    private static IReadOnlyList<string> Different(StudyTable? table, string column) =>
        [.. (table?.Runs.Rows ?? []).Select(run => run[column]).OfType<string>().Distinct(StringComparer.Ordinal).Take(Most)];
}
