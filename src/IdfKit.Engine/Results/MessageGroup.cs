using System.Text.Json.Serialization;

namespace IdfKit.Engine;

/// <summary>Messages of EnergyPlus that differ only in names and numbers.</summary>
/// <param name="Severity">How bad they are.</param>
/// <param name="Text">The first of them, on one line; a longer one is cut and ends with <c>…</c>.</param>
/// <param name="Count">How often they occurred, recurring ones as EnergyPlus counts them.</param>
/// <param name="Subject">What the first of them is about: <c>Lights "LAMPS"</c>; null when it does not say.</param>
public sealed record MessageGroup(
    [property: JsonPropertyName("severity")] ErrSeverity Severity,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("count")] long Count,
    [property: JsonPropertyName("object")] string? Subject);
