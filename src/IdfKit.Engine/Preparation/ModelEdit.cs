using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace IdfKit.Engine.Preparation;

/// <summary>Notes values for the objects of a model's text; what is not changed keeps its bytes, and no line is added.</summary>
/// <param name="text">The whole file.</param>
/// <param name="format">How it is written.</param>
/// <param name="edits">Where they are noted.</param>
internal sealed class ModelEdit(ReadOnlyMemory<byte> text, ModelFormat format, TextEdits edits)
{
    private static readonly SearchValues<byte> ValueEnds = SearchValues.Create(",;!\r\n"u8);

    private readonly Encoding _encoding = Utf8.IsValid(text.Span) ? Encoding.UTF8 : Encoding.Latin1;

    private ReadOnlySpan<byte> Bytes => text.Span;

    /// <summary>
    /// Adds names to an object that is a list of names; false when its text is not as it should be, and nothing was changed.
    /// </summary>
    public bool TryAddToList(ModelObject list, IReadOnlyList<string> names)
    {
        var last = LastFilled(list);
        if (format is ModelFormat.Idf)
        {
            var added = "," + string.Join(',', names);
            if (last >= 0) return EndOfValue(list, last) is { } end && Insert(end, added);
            return list.FieldCount == 0 && EndOfClassName(list) is { } nameEnd && Insert(nameEnd, added);
        }
        if (last < 0) return false;
        var key = list.KeyOf(0);
        var opens = Bytes[..OffsetOf(list.PositionOf(0))].LastIndexOf((byte)'{');
        return opens >= 0 && Insert(opens, string.Concat(names.Select(name => $$"""{"{{key}}": "{{name}}"}, """)));
    }

    /// <summary>Gives the first field of an object a value; false as above.</summary>
    public bool TrySetFirst(ModelObject item, string value, string epJsonKey)
    {
        if (format is not ModelFormat.Idf) return TrySetKey(item, value, epJsonKey);
        if (item.FieldCount == 0) return EndOfClassName(item) is { } end && Insert(end, "," + value);
        if (item.TextOf(0).Length > 0)
            return EndOfValue(item, 0) is { } valueEnd && Replace(OffsetOf(item.PositionOf(0)), valueEnd, value);
        return EndOfClassName(item) is { } nameEnd && SkipBlanks(nameEnd) is var comma && At(comma) == ',' && Insert(comma + 1, value);
    }

    private bool TrySetKey(ModelObject item, string value, string key)
    {
        if (item.IndexOf(0, key) is >= 0 and var field)
        {
            var start = OffsetOf(item.PositionOf(field));
            var end = EndOfString(start);
            return end > start && Replace(start, end, $"\"{value}\"");
        }
        var brace = SkipBlanks(EndOfString(OffsetOf((item.Line, item.Column))));
        if (At(brace) == ':') brace = SkipBlanks(brace + 1);
        if (At(brace) != '{') return false;
        var isEmpty = At(SkipBlanks(brace + 1)) == '}';
        return Insert(brace + 1, $"\"{key}\": \"{value}\"" + (isEmpty ? "" : ", "));
    }

    private static int LastFilled(ModelObject item)
    {
        for (var field = item.FieldCount - 1; field >= 0; field--)
            if (item.TextOf(field).Length > 0) return field;
        return -1;
    }

    /// <summary>Where the value's text ends; null when it goes on in the next line.</summary>
    private int? EndOfValue(ModelObject item, int field)
    {
        var start = OffsetOf(item.PositionOf(field));
        var length = Bytes[start..].IndexOfAny(ValueEnds);
        var value = Bytes.Slice(start, length < 0 ? Bytes.Length - start : length).TrimEnd(" \t"u8);
        return _encoding.GetString(value) == item.TextOf(field) ? start + value.Length : null;
    }

    private int? EndOfClassName(ModelObject item)
    {
        var start = OffsetOf((item.Line, item.Column));
        var end = start + item.ClassName.Length;
        return end <= Bytes.Length && Ascii.EqualsIgnoreCase(Bytes[start..end], item.ClassName) ? end : null;
    }

    /// <summary>The offset of a line and column; lines end with CR, LF or both, as <see cref="ModelObject.Line"/> counts them.</summary>
    private int OffsetOf((int Line, int Column) position)
    {
        var at = Bytes.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        for (var line = 1; line < position.Line; line++)
        {
            at += Bytes[at..].IndexOfAny((byte)'\n', (byte)'\r') + 1;
            if (Bytes[at - 1] == '\r' && At(at) == '\n') at++;
        }
        var isSingle = ReferenceEquals(_encoding, Encoding.Latin1);
        for (var column = 1; column < position.Column; column++)
        {
            at++;
            while (!isSingle && (At(at) & 0xC0) == 0x80) at++;
        }
        return at;
    }

    private int SkipBlanks(int at)
    {
        while (At(at) is ' ' or '\t' or '\r' or '\n') at++;
        return at;
    }

    /// <summary>Just after the JSON text that begins here; the same place when none does.</summary>
    private int EndOfString(int start)
    {
        if (At(start) != '"') return start;
        var at = start + 1;
        while (At(at) is not ('"' or -1)) at += At(at) == '\\' ? 2 : 1;
        return At(at) == '"' ? at + 1 : start;
    }

    private int At(int offset) => offset < Bytes.Length ? Bytes[offset] : -1;

    private bool Insert(int at, string text) => Replace(at, at, text);

    private bool Replace(int start, int end, string value)
    {
        edits.Replace(start, end, _encoding.GetBytes(value));
        return true;
    }
}
