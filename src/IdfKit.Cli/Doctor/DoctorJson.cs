using System.Text.Json.Serialization;

namespace IdfKit.Cli.Doctor;

/// <summary>What was found, as JSON.</summary>
internal sealed record DoctorAsJson(int Problems, int Unseen, IReadOnlyList<FoundAbout> About)
{
    public string Schema { get; init; } = "idfkit.doctor/1";
}

/// <summary>What was found about one thing.</summary>
internal sealed record FoundAbout(string Title, IReadOnlyList<FoundLine> Findings);

/// <summary>A line of it: <c>ok</c>, <c>note</c>, <c>warning</c>, <c>unseen</c> or <c>problem</c>.</summary>
internal sealed record FoundLine(string Level, string Text);

/// <summary>How it is written: snake_case, compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(DoctorAsJson))]
internal sealed partial class DoctorJson : JsonSerializerContext
{
    public static DoctorJson Readable => field ??= new(ReadableJson.Of(Default.Options));
}
