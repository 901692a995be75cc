using System.Text.Json;
using System.Text.Json.Serialization;

using IdfKit.Engine;

namespace IdfKit.Runs.Records;

/// <summary>How records, summaries and progress are written: snake_case, compiled ahead of time. What a later version added is skipped.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    WriteIndented = true,
    NewLine = "\n",
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(RunProgress))]
[JsonSerializable(typeof(EnergySummary))]
internal sealed partial class RunJson : JsonSerializerContext;
