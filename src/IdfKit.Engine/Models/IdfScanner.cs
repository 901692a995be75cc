using System.Buffers;

namespace IdfKit.Engine.Models;

/// <summary>Finds the objects of IDF text in one pass: it looks only at separators and comments, and copies nothing but class names.</summary>
internal sealed class IdfScanner(ModelText text, ClassNames classNames)
{
    private static readonly SearchValues<byte> Stops = SearchValues.Create(",;!"u8);
    private static readonly SearchValues<byte> StopsWithMacros = SearchValues.Create(",;!#"u8);
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:_-. ()/&\t"u8);

    private const int LongestClassName = 100;

    // Far more than any model has; a file of nothing but separators would otherwise take many times its size in memory.
    private const int MostFields = 2_000_000;
    private const int MostObjects = 2_000_000;

    private readonly List<int> _separators = new(1024);
    private readonly List<(string ClassName, int Offset, int First, int Count)> _objects = new(256);

    /// <summary>Offsets of the macro lines.</summary>
    public List<int> Macros { get; } = [];

    /// <summary>Whether the last object has no <c>;</c>; EnergyPlus forgives that.</summary>
    public bool EndsInsideObject { get; private set; }

    public ModelObject[] Scan()
    {
        var span = text.Span;
        var stops = span.IndexOf("##"u8) < 0 ? Stops : StopsWithMacros;
        int position = text.Start, objectStart = text.Start, first = 0;
        var inObject = false;
        while (span[position..].IndexOfAny(stops) is >= 0 and var found)
        {
            var at = position + found;
            position = at + 1;
            var stop = span[at];
            if (stop is (byte)'!') position = IdfFields.EndOfLine(span, at);
            else if (stop is (byte)'#') position = MacroEnd(span, at);
            else
            {
                if (inObject) AddField(first, at);
                else if (!(inObject = Begin(objectStart, at))) objectStart = at + 1;
                else first = _separators.Count;
                if (stop is (byte)';' && inObject)
                {
                    Finish(first);
                    objectStart = at + 1;
                    inObject = false;
                }
            }
        }
        ReadEnd(inObject, objectStart, first);
        var separators = _separators.ToArray();
        var fields = new IdfFields(text, separators);
        return [.. _objects.Select(o => new ModelObject(text, fields, o.ClassName, o.Offset, o.First, o.Count, key: null))];
    }

    /// <summary>Reads the class name before a separator; false when nothing but a stray semicolon stands there.</summary>
    private bool Begin(int objectStart, int separator)
    {
        var span = text.Span;
        var start = IdfFields.SkipBlank(span, objectStart, separator);
        if (start == separator)
            return span[separator] is (byte)';' ? false : throw Error(separator, "a comma stands where a class name is expected");
        var stop = span[start..separator].IndexOfAny("!\r\n"u8);
        var end = stop < 0 ? separator : start + stop;
        if (IdfFields.SkipBlank(span, end, separator) < separator)
            throw Error(start, "a line of text stands where a class name and a comma are expected");
        var name = span[start..end].TrimEnd(" \t"u8);
        if (name.IndexOfAnyExcept(NameBytes) is >= 0 and var wrong)
            throw Error(start + wrong, "a class name is expected, and this character cannot be in one");
        if (name.Length > LongestClassName || !char.IsAsciiLetter((char)name[0]))
            throw Error(start, "a class name is expected");
        if (_objects.Count == MostObjects) throw Error(start, $"it has more than {MostObjects} objects");
        _objects.Add((classNames.Intern(name), start, 0, 0));
        _separators.Add(separator);
        return true;
    }

    private void AddField(int first, int separator)
    {
        if (_separators.Count - first == MostFields) throw Error(separator, $"an object has more than {MostFields} fields");
        _separators.Add(separator);
    }

    private void Finish(int first) => _objects[^1] = _objects[^1] with { First = first, Count = _separators.Count - first };

    private void ReadEnd(bool inObject, int objectStart, int first)
    {
        var span = text.Span;
        if (inObject)
        {
            if (IdfFields.SkipBlank(span, _separators[^1] + 1, span.Length) == span.Length)
                throw Error(span.Length, $"the text ends in the middle of an object of class {_objects[^1].ClassName}");
            _separators.Add(span.Length);
            EndsInsideObject = true;
            Finish(first);
        }
        else if (IdfFields.SkipBlank(span, objectStart, span.Length) is var rest && rest < span.Length)
        {
            throw Error(rest, _objects.Count == 0 ? "it has text, but no object" : "text follows the last object");
        }
        else if (_objects.Count == 0)
        {
            throw Error(span.Length, "it has no object: it is empty or holds only comments");
        }
    }

    private int MacroEnd(ReadOnlySpan<byte> span, int at)
    {
        if (!IdfFields.IsMacro(span, at)) return at + 1;
        Macros.Add(at);
        return IdfFields.EndOfLine(span, at);
    }

    private ModelSyntaxException Error(int offset, string what)
    {
        var (line, column) = text.PositionOf(offset);
        return new ModelSyntaxException(line, column, $"This is not a readable IDF model: at line {line}, column {column}, {what}.");
    }
}
