using System.Text.Json.Serialization;

namespace IdfKit.Engine;

/// <summary>A period of the weather file that a run has simulated.</summary>
/// <param name="Name">As the model names it.</param>
/// <param name="From">Its first day, such as <c>2017-01-01</c>; <c>01-01</c> where EnergyPlus says no year.</param>
/// <param name="To">Its last day.</param>
/// <param name="Hours">How many hours it has.</param>
public sealed record SummaryPeriod(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("from")] string From,
    [property: JsonPropertyName("to")] string To,
    [property: JsonPropertyName("hours")] double Hours);
