using System.Text.Json;

namespace IdfKit.Engine.Models;

/// <summary>Fields of epJSON: every value in an object, those of nested groups too.</summary>
internal sealed class EpJsonFields(ModelText text) : IFieldReader
{
    public FieldPlace[] FieldsOf(ObjectPlace place)
    {
        var found = new FieldPlace[Walk(place, [])];
        Walk(place, found);
        return found;
    }

    /// <summary>Finds all fields; their number. Into nothing it only counts.</summary>
    private int Walk(ObjectPlace place, Span<FieldPlace> into)
    {
        var reader = Reader(place.Body);
        reader.Read();
        var (key, count) = (-1, 0);
        while (reader.Read() && reader.CurrentDepth > 0)
        {
            if (reader.TokenType is JsonTokenType.PropertyName) key = place.Body + (int)reader.TokenStartIndex;
            if (!IsValue(reader.TokenType)) continue;
            if (into.Length > 0)
                into[count] = new(key, place.Body + (int)reader.TokenStartIndex, place.Body + (int)reader.BytesConsumed);
            count++;
        }
        return count;
    }

    public string NameOf(ObjectPlace place) => Unquote(place.Offset);

    public string TextOf(FieldPlace field) => text.Span[field.Start] switch
    {
        (byte)'"' => Unquote(field.Start),
        (byte)'n' => "",
        _ => text.Decode(field.Start, field.End),
    };

    public string? KeyOf(FieldPlace field) => field.Key < 0 ? null : Unquote(field.Key);

    private string Unquote(int offset)
    {
        var reader = Reader(offset);
        return reader.Read() ? reader.GetString()! : "";
    }

    private Utf8JsonReader Reader(int offset) => new(text.Span[offset..], isFinalBlock: false, default);

    internal static bool IsValue(JsonTokenType token) =>
        token is not (JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.EndObject
            or JsonTokenType.StartArray or JsonTokenType.EndArray);
}
