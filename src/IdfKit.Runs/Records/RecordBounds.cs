using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Runs.Records;

/// <summary>
/// Keeps a record small enough to be read and written often: what does not fit is left out, and <see cref="RunRecord.LeftOut"/>
/// says so.
/// </summary>
internal static class RecordBounds
{
    /// <summary>The most bytes of a record as JSON.</summary>
    public const int LargestBytes = 256 * 1024;

    private const int LongestText = 300;

    /// <summary>The record, or a smaller one.</summary>
    /// <param name="record">The record.</param>
    /// <param name="most">How many entries of each list may stay.</param>
    public static RunRecord Shrink(RunRecord record, int most)
    {
        var cut = LeftOut([
            (record.AddedObjects.Count - most, "added objects"),
            (record.Missing.Count - most, "missing files"),
            (record.Notices.Count - most, "notices"),
            (record.MessageGroups.Count - most, "kinds of messages"),
            (record.Options.Outputs?.Count - most ?? 0, "patterns of outputs"),
            (record.Segments?.NotProduced.Count - most ?? 0, "names of what was not produced"),
            (record.Segments?.Tables.Count - most ?? 0, "names of tables"),
            (record.Segments?.Apart?.Count - most ?? 0, "names of series that differ"),
            (record.Tags.Count - most, "tags"),
        ]);
        return record with
        {
            Message = record.Message is null ? null : OneLine.Of(record.Message, 2 * LongestText),
            Label = record.Label is null ? null : OneLine.Of(record.Label, LongestText),
            AddedObjects = [.. record.AddedObjects.Take(most).Select(added => OneLine.Of(added, LongestText))],
            Missing = [.. record.Missing.Take(most)],
            Notices = [.. record.Notices.Take(most).Select(notice => OneLine.Of(notice, LongestText))],
            MessageGroups = [.. record.MessageGroups.Take(most)],
            Options = record.Options with { Outputs = record.Options.Outputs is { } globs ? [.. globs.Take(most)] : null },
            Segments = record.Segments is { } segments ? Shrink(segments, most) : null,
            Tags = record.Tags.Take(most).ToDictionary(tag => tag.Key, tag => tag.Value),
            LeftOut = cut is null ? record.LeftOut : record.LeftOut is { } before ? before + " " + cut : cut,
        };
    }

    private static RunSegments Shrink(RunSegments segments, int most) => segments with
    {
        Names = [.. segments.Names.Take(most)],
        NotProduced = [.. segments.NotProduced.Take(most)],
        Tables = [.. segments.Tables.Take(most)],
        Apart = segments.Apart?.Take(most).ToList(),
    };

    /// <summary>"Left out to keep this record small: 199,990 severe errors."; null when nothing is.</summary>
    public static string? LeftOut(IReadOnlyList<(long Count, string What)> cuts)
    {
        string Part((long Count, string What) cut) => cut.Count.ToString("#,0", CultureInfo.InvariantCulture) + " " + cut.What;
        var parts = cuts.Where(cut => cut.Count > 0).Select(Part).ToArray();
        return parts.Length == 0 ? null : RunSentences.LeftOut(string.Join(", ", parts));
    }
}
