using System.Buffers;
using System.Text;

namespace IdfKit.Engine.Models;

/// <summary>Fields of IDF text: what stands between two separators, less comments and macro lines.</summary>
internal sealed class IdfFields(ModelText text, bool hasMacros) : IFieldReader
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\f\v\u001a"u8);
    private static readonly SearchValues<byte> Breaks = SearchValues.Create("!\r\n"u8);

    public FieldPlace[] FieldsOf(ObjectPlace place)
    {
        if (text.Span[place.Body] == ';') return [];
        var found = new FieldPlace[Walk(place, [])];
        Walk(place, found);
        return found;
    }

    /// <summary>Finds all fields; their number. Into nothing it only counts.</summary>
    private int Walk(ObjectPlace place, Span<FieldPlace> into)
    {
        var separators = new IdfSeparators(text.Span, place.Body + 1, hasMacros);
        var start = place.Body + 1;
        for (var count = 0; ; count++)
        {
            var separator = separators.Next();
            var end = separator < 0 ? text.Length : separator;
            if (into.Length > 0) into[count] = new(-1, SkipBlank(text.Span, start, end), end);
            // The last object may lack its semicolon.
            if (separator < 0 || text.Span[separator] == ';') return count + 1;
            start = separator + 1;
        }
    }

    public string NameOf(ObjectPlace place)
    {
        if (text.Span[place.Body] == ';') return "";
        var separator = new IdfSeparators(text.Span, place.Body + 1, hasMacros).Next();
        var end = separator < 0 ? text.Length : separator;
        return Clean(text, SkipBlank(text.Span, place.Body + 1, end), end);
    }

    public string TextOf(FieldPlace field) => Clean(text, field.Start, field.End);

    public string? KeyOf(FieldPlace field) => null;

    /// <summary>
    /// The first offset from <paramref name="position"/> on that is no blank, comment or macro line; else <paramref name="end"/>.
    /// </summary>
    public static int SkipBlank(ReadOnlySpan<byte> span, int position, int end)
    {
        while (true)
        {
            var found = span[position..end].IndexOfAnyExcept(Blanks);
            if (found < 0) return end;
            position += found;
            if (span[position] == '!' || IsMacro(span, position)) position = Math.Min(end, EndOfLine(span, position));
            else return position;
        }
    }

    /// <summary>The text of a value that starts at <paramref name="start"/>; its lines are joined by a blank.</summary>
    public static string Clean(ModelText text, int start, int end)
    {
        var span = text.Span;
        var cut = span[start..end].IndexOfAny(Breaks);
        var piece = text.Decode(start, TrimEnd(span, start, cut < 0 ? end : start + cut));
        if (cut < 0) return piece;
        StringBuilder? joined = null;
        for (var next = SkipBlank(span, start + cut, end); next < end; next = SkipBlank(span, next, end))
        {
            joined ??= new StringBuilder(piece);
            cut = span[next..end].IndexOfAny(Breaks);
            var stop = cut < 0 ? end : next + cut;
            joined.Append(' ').Append(text.Decode(next, TrimEnd(span, next, stop)));
            next = stop;
        }
        return joined?.ToString() ?? piece;
    }

    /// <summary>How long that text is, without its blanks between lines.</summary>
    public static int LengthOf(ReadOnlySpan<byte> span, int start, int end)
    {
        var length = 0;
        for (var next = SkipBlank(span, start, end); next < end; next = SkipBlank(span, next, end))
        {
            var cut = span[next..end].IndexOfAny(Breaks);
            var stop = cut < 0 ? end : next + cut;
            length += stop - next;
            next = stop;
        }
        return length;
    }

    public static int EndOfLine(ReadOnlySpan<byte> span, int position)
    {
        var found = span[position..].IndexOfAny((byte)'\n', (byte)'\r');
        return found < 0 ? span.Length : position + found;
    }

    /// <summary>Whether the offset is that of <c>##</c> with nothing before it on its line.</summary>
    public static bool IsMacro(ReadOnlySpan<byte> span, int position)
    {
        if (span[position] != '#' || position + 1 >= span.Length || span[position + 1] != '#') return false;
        var before = position - 1;
        while (before >= 0 && span[before] is (byte)' ' or (byte)'\t') before--;
        return before < 0 || span[before] is (byte)'\n' or (byte)'\r' or 0xBF;
    }

    private static int TrimEnd(ReadOnlySpan<byte> span, int start, int end) =>
        start + span[start..end].LastIndexOfAnyExcept(Blanks) + 1;
}
