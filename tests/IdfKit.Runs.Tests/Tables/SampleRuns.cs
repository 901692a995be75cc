using System.Text.Json.Nodes;

using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Runs.Tests.Tables;

/// <summary>Records as the function writes them, with figures that differ from run to run.</summary>
internal static class SampleRuns
{
    public static readonly DateTimeOffset Began = new(new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddTicks(1_234_567));

    public static RunRecord Record(int number = 1, RunStatus status = RunStatus.Completed) => new()
    {
        RunId = $"run-{number}",
        Status = status,
        Reason = status is RunStatus.Completed or RunStatus.Running ? null : RunReason.Fatal,
        Message = status is RunStatus.Completed ? null : $"Zone {number} has no walls; correct this and drop the model again.",
        Input = new("models", $"inputs/p/office-{number}.idf") { ETag = "0123", SizeBytes = 4567 },
        Weather = new("models", "inputs/golden.epw", "folder"),
        Engine = new("25.2.0", "cf7368216c", Replayed: false),
        Label = number % 3 == 0 ? $"Variant {number}" : null,
        Tags = new Dictionary<string, string> { ["season"] = number % 2 == 0 ? "winter" : "summer" },
        ExitCode = 0,
        Diagnostics = new(3 + number, number % 4, 0, []),
        TimingsMs = new() { Stage = 12, Preprocess = 1, Simulate = 2_000 + number, Upload = 80, Total = 2_093 + number },
        PeakMemoryBytes = 123_456_789 + number,
        CpuMs = 1_950 + number,
        StartedAt = Began.AddSeconds(number),
        FinishedAt = status is RunStatus.Running ? null : Began.AddSeconds(number + 2),
    };

    public static EnergySummary Summary(int number = 1) => new()
    {
        SiteEnergyGj = 100.1 + (number / 7.0),
        SiteEuiMjM2 = 0.1 + 0.2,
        TotalAreaM2 = 511.16,
        EndUsesGj = new()
        {
            ["heating"] = new() { ["natural_gas"] = 1e-7 * number },
            ["interior_lighting"] = new() { ["electricity"] = 1e21 },
        },
        UnmetHours = new(number, null, 0, 12.5),
        Peaks = [new("electricity", 12_345.67, "02-JAN-17:00")],
        Periods = [new("RUN PERIOD 1", "2017-01-01", "2017-12-31", 8_760)],
        HoursSimulated = 8_760,
        Warnings = 1,
        Severe = 2,
    };

    /// <summary>The record as JSON, with what a later version puts into it.</summary>
    public static JsonObject Json(RunRecord record, EnergySummary? summary = null)
    {
        var json = JsonNode.Parse(RunRecordFile.ToJson(record))!.AsObject();
        if (summary is not null) json["summary"] = JsonNode.Parse(RunRecordFile.ToJson(summary));
        return json;
    }

    /// <summary>The record with other values in a field, as JSON.</summary>
    public static string With(this JsonObject record, string field, IReadOnlyDictionary<string, string> values)
    {
        record[field] = new JsonObject(values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value)));
        return record.ToJsonString();
    }

    public static void Put(this MemoryFileSystem files, string folder, RunRecord record, EnergySummary? summary = null) =>
        files.Put(folder, Json(record, summary).ToJsonString());

    public static void Put(this MemoryFileSystem files, string folder, string json) =>
        files.WriteText(StoragePath.Join(folder, RunRecordFile.Name), json);

    /// <summary>So many runs, of which some failed or still run, beside files of theirs.</summary>
    public static MemoryFileSystem Many(int count)
    {
        var files = new MemoryFileSystem();
        for (var number = 0; number < count; number++)
        {
            var status = number % 5 == 1 ? RunStatus.Failed : number % 17 == 2 ? RunStatus.Running : RunStatus.Completed;
            var folder = $"outputs/p{number % 3}/office-{number}";
            files.Put(folder, Record(number, status), status is RunStatus.Completed ? Summary(number) : null);
            files.WriteText(folder + "/eplusout.err", "");
        }
        return files;
    }
}
