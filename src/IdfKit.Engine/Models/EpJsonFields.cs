using System.Text.Json;

namespace IdfKit.Engine.Models;

/// <summary>Fields of epJSON: every value in an object, those of nested groups too.</summary>
internal sealed class EpJsonFields(ModelText text, ReadOnlyMemory<byte> json) : IFieldReader
{
    public FieldPlace[] FieldsOf(ObjectPlace place)
    {
        var reader = Reader(place.Body);
        reader.Read();
        var found = new List<FieldPlace>();
        var key = -1;
        while (reader.Read() && reader.CurrentDepth > 0)
        {
            if (reader.TokenType is JsonTokenType.PropertyName)
                key = place.Body + (int)reader.TokenStartIndex;
            else if (IsValue(reader.TokenType))
                found.Add(new(key, place.Body + (int)reader.TokenStartIndex, place.Body + (int)reader.BytesConsumed));
        }
        return [.. found];
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

    private Utf8JsonReader Reader(int offset) => new(json.Span[offset..], isFinalBlock: false, default);

    private static bool IsValue(JsonTokenType token) =>
        token is not (JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.StartArray or JsonTokenType.EndArray);
}
