using System.Text;
using System.Text.Json;

namespace IdfKit.Studies.Variants;

/// <summary>A member of a JSON object, by its places in a text.</summary>
/// <param name="Key">Its name.</param>
/// <param name="KeyStart">Of the name's opening quote.</param>
/// <param name="Start">Of the value.</param>
/// <param name="End">Just after the value.</param>
internal readonly record struct JsonMember(string Key, int KeyStart, int Start, int End);

/// <summary>The members of a JSON object or the items of an array, by their places in a text.</summary>
internal static class JsonObjectText
{
    /// <summary>The members of the object whose brace stands at an offset.</summary>
    public static List<JsonMember> MembersAt(ReadOnlySpan<byte> text, int brace)
    {
        List<JsonMember> members = [];
        var reader = new Utf8JsonReader(text[brace..], isFinalBlock: false, default);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var (key, keyStart) = (reader.GetString()!, brace + (int)reader.TokenStartIndex);
            reader.Read();
            var start = brace + (int)reader.TokenStartIndex;
            reader.TrySkip(); // all of it is there
            members.Add(new(key, keyStart, start, brace + (int)reader.BytesConsumed));
        }
        return members;
    }

    /// <summary>The items of the array whose bracket stands at an offset: start, and just after the end.</summary>
    public static List<(int Start, int End)> ItemsAt(ReadOnlySpan<byte> text, int bracket)
    {
        List<(int Start, int End)> items = [];
        var reader = new Utf8JsonReader(text[bracket..], isFinalBlock: false, default);
        reader.Read();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            var start = bracket + (int)reader.TokenStartIndex;
            reader.TrySkip(); // all of it is there
            items.Add((start, bracket + (int)reader.BytesConsumed));
        }
        return items;
    }

    /// <summary>The blanks before an offset: from the last line end on where there is one, with that.</summary>
    public static string GapBefore(ReadOnlySpan<byte> text, int offset)
    {
        var gap = text[text[..offset].TrimEnd(" \t\r\n"u8).Length..offset];
        var line = gap.LastIndexOf((byte)'\n');
        if (line > 0 && gap[line - 1] == '\r') line--;
        return Encoding.ASCII.GetString(line < 0 ? gap : gap[line..]);
    }
}
