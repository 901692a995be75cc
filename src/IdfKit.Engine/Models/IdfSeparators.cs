using System.Buffers;

namespace IdfKit.Engine.Models;

/// <summary>Walks over the commas and semicolons of IDF text, past comments and macro lines.</summary>
internal ref struct IdfSeparators(ReadOnlySpan<byte> span, int start, bool hasMacros, Chunks<int>? macros = null)
{
    private static readonly SearchValues<byte> Stops = SearchValues.Create(",;!"u8);
    private static readonly SearchValues<byte> StopsWithMacros = SearchValues.Create(",;!#"u8);

    private readonly ReadOnlySpan<byte> _span = span;
    private readonly SearchValues<byte> _stops = hasMacros ? StopsWithMacros : Stops;
    private int _position = start;

    /// <summary>The offset of the next separator; -1 when none is left. Macro lines on the way are added to the list.</summary>
    public int Next()
    {
        while (_span[_position..].IndexOfAny(_stops) is >= 0 and var found)
        {
            var at = _position + found;
            _position = at + 1;
            if (_span[at] == '!')
            {
                _position = IdfFields.EndOfLine(_span, at);
            }
            else if (_span[at] != '#')
            {
                return at;
            }
            else if (IdfFields.IsMacro(_span, at))
            {
                macros?.Add(at);
                _position = IdfFields.EndOfLine(_span, at);
            }
        }
        return -1;
    }
}
