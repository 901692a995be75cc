using System.Text.Json.Serialization;

using IdfKit.Runs;

namespace IdfKit.Cli.Watch;

/// <summary><c>progress.json</c>, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunProgress))]
internal sealed partial class ProgressJson : JsonSerializerContext;
