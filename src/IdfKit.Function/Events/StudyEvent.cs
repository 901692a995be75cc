using System.Text.Json;

using IdfKit.Drops;

namespace IdfKit.Function.Events;

/// <summary>The calls by which studies are run, among the events.</summary>
internal static class StudyEvent
{
    /// <summary>The call; null when the event is none.</summary>
    public static JsonElement? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return StudyCalls.KindOf(document.RootElement) is null ? null : document.RootElement.Clone();
        }
        catch (JsonException) { return null; } // no event at all, which its reader says
    }
}
