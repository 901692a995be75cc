using System.Text.Json;

namespace IdfKit.Engine.Models;

/// <summary>Fields of epJSON: where each value and its key stand in the text.</summary>
internal sealed class EpJsonFields(ModelText text, List<EpJsonFields.Entry> entries) : IFieldSource
{
    /// <summary>A value's token and its key's token, quotes included.</summary>
    internal readonly record struct Entry(int Key, int Value, int ValueEnd);

    public string TextOf(int field)
    {
        var (_, start, end) = entries[field];
        var token = text.Span[start..end];
        if (token[0] is (byte)'"') return Unquote(token);
        return token is [(byte)'n', ..] ? "" : text.Decode(start, end);
    }

    public int OffsetOf(int field) => entries[field].Value;

    public string? KeyOf(int field)
    {
        var start = entries[field].Key;
        return start < 0 ? null : Unquote(text.Span[start..]);
    }

    private static string Unquote(ReadOnlySpan<byte> token)
    {
        var reader = new Utf8JsonReader(token, isFinalBlock: false, default);
        return reader.Read() ? reader.GetString()! : "";
    }
}
