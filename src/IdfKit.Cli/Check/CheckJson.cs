using System.Text.Json.Serialization;

namespace IdfKit.Cli.Check;

/// <summary>Files that were checked, as JSON.</summary>
internal sealed record CheckAsJson(IReadOnlyList<CheckedFile> Files)
{
    public string Schema { get; init; } = "idfkit.check/1";
}

/// <summary>A file that was checked.</summary>
/// <param name="File">As it was named, or found.</param>
/// <param name="WouldRun">Whether it would be run.</param>
/// <param name="Reason">Why not; null: it would, or could not be checked.</param>
/// <param name="Message">The same in a sentence.</param>
/// <param name="Weather">What it would be run with; null: none.</param>
/// <param name="Notices">What is worth knowing all the same.</param>
internal sealed record CheckedFile(
    string File, bool WouldRun, string? Reason, string? Message, string? Weather, IReadOnlyList<string> Notices);

/// <summary>How it is written: snake_case, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(CheckAsJson))]
internal sealed partial class CheckJson : JsonSerializerContext
{
    public static CheckJson Readable => field ??= new(ReadableJson.Of(Default.Options));
}
