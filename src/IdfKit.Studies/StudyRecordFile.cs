using System.Text.Json;

using IdfKit.Studies.Records;

namespace IdfKit.Studies;

/// <summary>Reads and writes <c>study.json</c>.</summary>
public static class StudyRecordFile
{
    /// <summary>The record's name in the folder of a study.</summary>
    public const string Name = "study.json";

    /// <summary>The name in the folder of a study of its table as CSV.</summary>
    public const string CsvName = "results.csv";

    /// <summary>The name in the folder of a study of its table as Parquet.</summary>
    public const string ParquetName = "results.parquet";

    /// <summary>The name in the folder of a study of the page that a modeller opens.</summary>
    public const string PageName = "index.html";

    /// <summary>
    /// The name of the folder in that of a study with the runs of its rows, each in a folder that is called like its row.
    /// </summary>
    public const string RunsName = "runs";

    /// <summary>The record as UTF-8 JSON.</summary>
    public static byte[] ToJson(StudyRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, StudyRecordJson.Readable.StudyRecord);

    /// <summary>The record of UTF-8 JSON; null when it is no record that this version reads.</summary>
    public static StudyRecord? FromJson(ReadOnlySpan<byte> json)
    {
        try { return JsonSerializer.Deserialize(json, StudyRecordJson.Default.StudyRecord); }
        catch (JsonException) { return null; } // an unreadable record is an answer, not a failure: the study is planned anew
    }
}
