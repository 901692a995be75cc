using System.Text;
using System.Text.Unicode;

namespace IdfKit.Engine.Models;

/// <summary>A model's bytes, with what turns an offset into a line and a range into text, each made when first asked for.</summary>
internal sealed class ModelText(byte[] bytes, int length)
{
    private int[]? _lineStarts;
    private Encoding? _encoding;
    private bool? _loneCarriageReturns;

    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, length);

    public ReadOnlyMemory<byte> Memory => bytes.AsMemory(0, length);

    public int Length => length;

    /// <summary>Where the text starts: after a byte order mark.</summary>
    public int Start { get; } = bytes.AsSpan(0, length).StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>UTF-8 where the whole text is valid UTF-8, else Latin-1.</summary>
    public Encoding Encoding => _encoding ??= Utf8.IsValid(Span) ? Encoding.UTF8 : Encoding.Latin1;

    public bool HasLoneCarriageReturns => _loneCarriageReturns ??= FindLoneCarriageReturn();

    public string Decode(int start, int end) => end <= start ? "" : Encoding.GetString(Span[start..end]);

    /// <summary>Line and column of an offset, from 1. A line ends with CR, LF or both; a column is a character.</summary>
    public (int Line, int Column) PositionOf(int offset)
    {
        var starts = _lineStarts ??= FindLineStarts();
        var found = Array.BinarySearch(starts, offset);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, Encoding.GetCharCount(Span[starts[line]..Math.Max(offset, starts[line])]) + 1);
    }

    private int[] FindLineStarts()
    {
        var starts = new List<int> { Start };
        var span = Span;
        for (var position = Start; ;)
        {
            var found = span[position..].IndexOfAny((byte)'\n', (byte)'\r');
            if (found < 0) return [.. starts];
            position += found + 1;
            if (span[position - 1] == '\r' && position < span.Length && span[position] == '\n') position++;
            starts.Add(position);
        }
    }

    private bool FindLoneCarriageReturn()
    {
        var span = Span;
        for (var position = 0; ;)
        {
            var found = span[position..].IndexOf((byte)'\r');
            if (found < 0) return false;
            position += found + 1;
            if (position == span.Length || span[position] != '\n') return true;
        }
    }
}
