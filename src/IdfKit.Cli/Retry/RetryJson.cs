using System.Text.Json.Serialization;

namespace IdfKit.Cli.Retry;

/// <summary>What is run again, as JSON.</summary>
internal sealed record RetryAsJson(string Place, bool DryRun, int Runs, IReadOnlyList<RetriedRun> Models)
{
    public string Schema { get; init; } = "idfkit.retry/1";
}

/// <summary>A model of it.</summary>
internal sealed record RetriedRun(string Key, string Folder, string Status, string? Reason);

/// <summary>How it is written: snake_case, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RetryAsJson))]
internal sealed partial class RetryJson : JsonSerializerContext
{
    public static RetryJson Readable => field ??= new(ReadableJson.Of(Default.Options));
}
