using System.Text.Json.Serialization;

namespace IdfKit.Cli.Open;

/// <summary>What the page and this program tell each other: snake_case, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PageNews))]
[JsonSerializable(typeof(OneRun))]
[JsonSerializable(typeof(ComparedRuns))]
[JsonSerializable(typeof(DropQuestion))]
[JsonSerializable(typeof(DropAnswer))]
[JsonSerializable(typeof(RetryQuestion))]
[JsonSerializable(typeof(RetryAnswer))]
internal sealed partial class OpenJson : JsonSerializerContext;
