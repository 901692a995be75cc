using IdfKit.Engine;

namespace IdfKit.Runs.Records;

/// <summary>
/// What was read, such as its type promises: the reader refuses null in place of a list or an object, but lets it pass as an item of one,
/// and leaves null where one is absent.
/// </summary>
internal static class WholeRecord
{
    /// <summary>The record, with an empty list for each that is absent; null when it holds null where it must not.</summary>
    public static RunRecord? Of(RunRecord? record)
    {
        if (record is null || !IsWhole(record)) return null;
        return record with
        {
            Files = record.Files ?? [],
            Missing = record.Missing ?? [],
            Risks = record.Risks ?? [],
            AddedObjects = record.AddedObjects ?? [],
            Notices = record.Notices ?? [],
            MessageGroups = record.MessageGroups ?? [],
            Tags = record.Tags ?? new Dictionary<string, string>(),
            Options = record.Options ?? new(),
            TimingsMs = record.TimingsMs ?? new(),
            Summary = Of(record.Summary),
        };
    }

    /// <inheritdoc cref="Of(RunRecord?)"/>
    public static EnergySummary? Of(EnergySummary? summary) => summary is not null && IsWhole(summary)
        ? summary with { Peaks = summary.Peaks ?? [], Periods = summary.Periods ?? [] }
        : null;

    private static bool IsWhole(RunRecord record) =>
        AreThere(record.Files) && AreThere(record.Missing) && AreThere(record.Risks) && AreThere(record.AddedObjects)
        && AreThere(record.Notices) && AreThere(record.MessageGroups) && AreThere(record.Tags?.Values)
        && AreThere(record.Options?.Outputs) && AreThere(record.Diagnostics?.FirstErrors) && AreThere(record.Migration?.Steps)
        && record.Files?.All(file => file is { Path: not null, ContentType: not null, Sha256: not null }) != false
        && record.Input is { Bucket: not null, Key: not null }
        && record.Weather is null or { Bucket: not null, Key: not null, Source: not null }
        && record.Engine is null or { Version: not null }
        && record.ResultsOf is null or { RunId: not null, Bucket: not null, Key: not null }
        && record.Study is null or { Key: not null, Name: not null, Identity: not null }
        && record.Migration is null or { From: not null, To: not null, Steps: not null }
        && record.Diagnostics is null or { FirstErrors: not null }
        && record.MessageGroups?.All(group => group is { Text: not null }) != false
        && (record.Summary is null || IsWhole(record.Summary));

    private static bool IsWhole(EnergySummary summary) =>
        AreThere(summary.Peaks) && AreThere(summary.Periods) && AreThere(summary.EndUsesGj?.Values)
        && summary.Peaks?.All(peak => peak is { Fuel: not null }) != false;

    private static bool AreThere<T>(IEnumerable<T>? items) => items is null || items.All(item => item is not null);
}
