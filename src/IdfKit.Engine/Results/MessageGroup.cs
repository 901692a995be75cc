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
    [property: JsonPropertyName("object")] string? Subject)
{
    /// <summary>
    /// The line of the model where that object stands, or of which the message speaks, from 1; null when it is not known.
    /// </summary>
    [JsonPropertyName("line")]
    public int? Line { get; init; }

    /// <summary>What they mean and what to do, in plain words; null when they are not of the kinds that are explained.</summary>
    [JsonPropertyName("meaning")]
    public string? Meaning { get; init; }

    /// <summary>Whether the results are as good as without them; null when that is not known.</summary>
    [JsonPropertyName("harmless")]
    public bool? Harmless { get; init; }
}
