using System.Text.Json;

namespace IdfKit.Engine.Schemas;

/// <summary>Reads one class of a schema.</summary>
internal static class SchemaReading
{
    public static ClassSchema ClassOf(string name, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var content = root.GetProperty("patternProperties").EnumerateObject().First().Value;
        var properties = content.GetProperty("properties");
        var required = Names(content, "required").ToHashSet(StringComparer.Ordinal);
        if (IsNameRequired(root)) required.Add(ClassSchema.NameKey);
        var legacy = root.GetProperty("legacy_idd");
        var labels = legacy.GetProperty("field_info");
        var fields = Names(legacy, "fields")
            .Select(key => FieldOf(key, labels, Find(properties, key) ?? Find(root, key)) with { IsRequired = required.Contains(key) });
        if (!legacy.TryGetProperty("extension", out var extension)) return new(name, [.. fields]);
        var groups = properties.GetProperty(extension.GetString()!).GetProperty("items").GetProperty("properties");
        return new(name, [.. fields])
        {
            GroupsKey = extension.GetString(),
            GroupFields = [.. Names(legacy, "extensibles").Select(key => FieldOf(key, labels, Find(groups, key)))],
        };
    }

    private static bool IsNameRequired(JsonElement root) =>
        root.TryGetProperty(ClassSchema.NameKey, out var name) && name.TryGetProperty("is_required", out var told) && told.GetBoolean();

    private static IEnumerable<string> Names(JsonElement of, string list) =>
        of.TryGetProperty(list, out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];

    private static JsonElement? Find(JsonElement properties, string key) => properties.TryGetProperty(key, out var found) ? found : null;

    private static FieldSchema FieldOf(string key, JsonElement labels, JsonElement? schema)
    {
        var field = new FieldSchema(key, labels.GetProperty(key).GetProperty("field_name").GetString()!);
        if (schema is not { } kinds) return field with { TakesText = true };
        if (!kinds.TryGetProperty("anyOf", out var several)) return With(field, kinds);
        return several.EnumerateArray().Aggregate(field, With);
    }

    private static FieldSchema With(FieldSchema field, JsonElement kind)
    {
        var type = kind.TryGetProperty("type", out var written) ? written.GetString() : "string";
        if (type is "number" or "integer") return WithNumbers(field, kind, type is "integer");
        if (!kind.TryGetProperty("enum", out var choices)) return field with { TakesText = true };
        var texts = choices.EnumerateArray()
            .Where(choice => choice.ValueKind is JsonValueKind.String)
            .Select(choice => choice.GetString()!)
            .Where(choice => choice.Length > 0);
        return field with { Choices = [.. texts] };
    }

    private static FieldSchema WithNumbers(FieldSchema field, JsonElement kind, bool isInteger)
    {
        var (least, isAbove) = Bound(kind, "minimum", "exclusiveMinimum");
        var (most, isBelow) = Bound(kind, "maximum", "exclusiveMaximum");
        return field with
        {
            TakesNumbers = true,
            IsInteger = isInteger,
            Numbers = kind.TryGetProperty("enum", out var numbers) ? [.. numbers.EnumerateArray().Select(one => one.GetDouble())] : [],
            Minimum = least,
            Maximum = most,
            IsMinimumExcluded = isAbove,
            IsMaximumExcluded = isBelow,
        };
    }

    /// <summary>A bound, and whether it is excluded itself: in newer drafts by a number of its own, in older ones by a flag.</summary>
    private static (double? Bound, bool IsExcluded) Bound(JsonElement kind, string including, string excluding)
    {
        double? bound = kind.TryGetProperty(including, out var number) ? number.GetDouble() : null;
        if (!kind.TryGetProperty(excluding, out var excluded)) return (bound, false);
        var isNumber = excluded.ValueKind is JsonValueKind.Number;
        return isNumber ? (excluded.GetDouble(), true) : (bound, excluded.ValueKind is JsonValueKind.True);
    }
}
