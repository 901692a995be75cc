using System.Text.Json;

namespace IdfKit.Engine.Schemas;

/// <summary>Finds where each class stands in the text of a schema, in one pass that makes no objects.</summary>
internal static class SchemaIndex
{
    public static Dictionary<string, (string Name, int Start, int Length)> Of(ReadOnlySpan<byte> json)
    {
        var found = new Dictionary<string, (string Name, int Start, int Length)>(StringComparer.OrdinalIgnoreCase);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isClasses = reader.ValueTextEquals("properties"u8);
            reader.Read();
            if (!isClasses) reader.Skip();
            else Add(ref reader, found);
        }
        return found.Count > 0 ? found : throw new JsonException("It has no classes.");
    }

    private static void Add(ref Utf8JsonReader reader, Dictionary<string, (string Name, int Start, int Length)> found)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            found[name] = (name, start, (int)reader.BytesConsumed - start);
        }
    }
}
