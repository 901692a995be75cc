using System.Text.Json;

using IdfKit.Engine;
using IdfKit.Runs.Records;

namespace IdfKit.Runs;

/// <summary>Reads and writes <c>run.json</c>.</summary>
public static class RunRecordFile
{
    /// <summary>The record's name in the folder of a run.</summary>
    public const string Name = "run.json";

    /// <summary>The summary's name in the folder of a run.</summary>
    public const string SummaryName = "summary.json";

    /// <summary>The name in the folder of a run of the page that a modeller opens.</summary>
    public const string ReportName = "report.html";

    /// <summary>The progress file's name in the folder of a run.</summary>
    public const string ProgressName = "progress.json";

    /// <summary>The record as UTF-8 JSON, of at most 256 KB: what does not fit is left out, and <c>left_out</c> says so.</summary>
    public static byte[] ToJson(RunRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, RunJson.Readable.RunRecord);
        for (var most = 100; json.Length > RecordBounds.LargestBytes && most > 0; most /= 10)
            json = JsonSerializer.SerializeToUtf8Bytes(RecordBounds.Shrink(record, most), RunJson.Readable.RunRecord);
        return json;
    }

    /// <summary>The summary as UTF-8 JSON.</summary>
    public static byte[] ToJson(EnergySummary summary) => JsonSerializer.SerializeToUtf8Bytes(summary, RunJson.Readable.EnergySummary);

    /// <summary>The progress as UTF-8 JSON.</summary>
    public static byte[] ToJson(RunProgress progress) => JsonSerializer.SerializeToUtf8Bytes(progress, RunJson.Readable.RunProgress);

    /// <summary>The record of UTF-8 JSON; null when it is no record that this version reads.</summary>
    public static RunRecord? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return WholeRecord.Of(JsonSerializer.Deserialize(JsonText.WithoutMark(json), RunJson.Default.RunRecord));
        }
        catch (JsonException) { return null; } // an unreadable record is an answer, not a failure: the caller claims over it
    }

    /// <summary>The summary of UTF-8 JSON; null when it is none that this version reads.</summary>
    public static EnergySummary? SummaryFromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return WholeRecord.Of(JsonSerializer.Deserialize(JsonText.WithoutMark(json), RunJson.Default.EnergySummary));
        }
        catch (JsonException) { return null; }
    }

    /// <summary>The progress of UTF-8 JSON; null when it is none that this version reads.</summary>
    public static RunProgress? ProgressFromJson(ReadOnlySpan<byte> json)
    {
        try { return JsonSerializer.Deserialize(JsonText.WithoutMark(json), RunJson.Default.RunProgress); }
        catch (JsonException) { return null; }
    }
}
