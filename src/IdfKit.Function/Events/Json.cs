using System.Text.Json;

namespace IdfKit.Function.Events;

/// <summary>Members of JSON that may be absent or of another kind.</summary>
internal static class Json
{
    public static string? TextOf(JsonElement element, string name) =>
        Of(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static int? WholeOf(JsonElement element, string name) =>
        Of(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    public static DateTimeOffset? TimeOf(JsonElement element, string name) =>
        Of(element, name) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out var time) ? time : null;

    private static JsonElement Of(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
