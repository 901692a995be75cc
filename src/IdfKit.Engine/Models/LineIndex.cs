namespace IdfKit.Engine.Models;

/// <summary>
/// Tells the line of an offset. A line ends with CR, LF or both. Every 4 kB of text the lines until there are noted, and the rest is
/// counted when asked: a list of all lines of a text may be larger than the text.
/// </summary>
internal sealed class LineIndex
{
    private const int Block = 4096;

    private readonly ReadOnlyMemory<byte> _text;
    private readonly int[] _before;

    public LineIndex(ReadOnlyMemory<byte> text)
    {
        _text = text;
        _before = new int[(text.Length / Block) + 1];
        for (var block = 1; block < _before.Length; block++)
            _before[block] = _before[block - 1] + CountEnds((block - 1) * Block, block * Block);
    }

    /// <summary>The line, from 1.</summary>
    public int LineOf(int offset)
    {
        var block = offset / Block;
        return _before[block] + CountEnds(block * Block, offset) + 1;
    }

    /// <summary>Where the line of an offset starts.</summary>
    public int StartOfLine(int offset)
    {
        var span = _text.Span;
        while (offset > 0)
        {
            var found = span[..offset].LastIndexOfAny((byte)'\n', (byte)'\r');
            if (found < 0) return 0;
            if (EndsLine(span, found)) return found + 1;
            offset = found;
        }
        return 0;
    }

    private int CountEnds(int from, int to)
    {
        var span = _text.Span;
        var count = span[from..to].Count((byte)'\n');
        for (var at = from; at < to; at++)
        {
            var found = span[at..to].IndexOf((byte)'\r');
            if (found < 0) break;
            at += found;
            if (EndsLine(span, at)) count++;
        }
        return count;
    }

    private static bool EndsLine(ReadOnlySpan<byte> span, int at) =>
        span[at] == '\n' || at + 1 == span.Length || span[at + 1] != '\n';
}
