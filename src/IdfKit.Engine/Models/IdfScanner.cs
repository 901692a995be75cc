using System.Buffers;

namespace IdfKit.Engine.Models;

/// <summary>
/// Finds the objects of IDF text in one pass: it looks only at separators and comments, and copies nothing but class names.
/// </summary>
internal sealed class IdfScanner(ModelText text)
{
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:_-. ()/&\t"u8);

    private const int LongestClassName = 100;

    private int _fields;

    public ClassTable Classes { get; } = new();

    public Chunks<ObjectPlace> Objects { get; } = new();

    /// <summary>Offsets of the macro lines.</summary>
    public Chunks<int> Macros { get; } = new();

    /// <summary>Whether some <c>##</c> is in the text, so that macro lines must be looked for.</summary>
    public bool HasMacros { get; } = text.Span.IndexOf("##"u8) >= 0;

    /// <summary>Whether the last object has no <c>;</c>; EnergyPlus forgives that.</summary>
    public bool EndsInsideObject { get; private set; }

    /// <summary>Whether a comma that ends the text becomes the semicolon of its object, instead of an error.</summary>
    public bool ClosesEnd { get; init; }

    /// <summary>Whether one has become that.</summary>
    public bool HasClosedEnd { get; private set; }

    public void Scan()
    {
        var span = text.Span;
        var separators = new IdfSeparators(span, text.Start, HasMacros, Macros);
        var (objectStart, last, inObject) = (text.Start, text.Start, false);
        while (separators.Next() is >= 0 and var at)
        {
            if (inObject) CheckField(last + 1, at);
            else if (Begin(objectStart, at)) inObject = true;
            else objectStart = at + 1;
            last = at;
            if (span[at] != ';' || !inObject) continue;
            inObject = false;
            objectStart = at + 1;
        }
        if (inObject) ReadOpenEnd(last);
        else ReadEnd(objectStart);
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
        Objects.Add(new(start, separator, ClassOf(span[start..end].TrimEnd(" \t"u8), start)));
        if (Objects.Count > ModelBounds.MostObjects) throw Error(start, ModelBounds.TooManyObjects);
        _fields = 0;
        return true;
    }

    private int ClassOf(ReadOnlySpan<byte> name, int start)
    {
        if (name.IndexOfAnyExcept(NameBytes) is >= 0 and var wrong)
            throw Error(start + wrong, "a class name is expected, and this character cannot be in one");
        if (name.Length > LongestClassName || !char.IsAsciiLetter((char)name[0]))
            throw Error(start, "a class name is expected");
        if (Classes.Find(name) is >= 0 and var known) return known;
        if (Classes.IsFull) throw Error(start, "it has more different class names than any model");
        return Classes.Add(text.Decode(start, start + name.Length));
    }

    /// <summary>Checks the field that ends at a separator.</summary>
    private void CheckField(int start, int separator)
    {
        if (++_fields > ModelBounds.MostFields) throw Error(separator, ModelBounds.TooManyFields);
        if (separator - start <= ModelBounds.LongestText) return;
        if (IdfFields.LengthOf(text.Span, start, separator) > ModelBounds.LongestText) throw Error(start, ModelBounds.TooLongText);
    }

    /// <summary>The text ended in an object: its last field lacks the semicolon, or something is missing.</summary>
    private void ReadOpenEnd(int lastSeparator)
    {
        if (IdfFields.SkipBlank(text.Span, lastSeparator + 1, text.Length) < text.Length)
        {
            CheckField(lastSeparator + 1, text.Length);
            EndsInsideObject = true;
        }
        else if (ClosesEnd && !HasMacroAfter(lastSeparator))
        {
            text.EndObjectAt(lastSeparator);
            HasClosedEnd = true;
        }
        else throw CutOff();
    }

    /// <summary>Whether a macro line stands behind an offset; it may bring the values that seem to be missing.</summary>
    private bool HasMacroAfter(int offset) => Macros.Count > 0 && Macros[Macros.Count - 1] > offset;

    private ModelSyntaxException CutOff()
    {
        var place = Objects[Objects.Count - 1];
        var (line, column) = text.PositionOf(text.Length);
        var message = EngineSentences.IdfCutOff(text.Who, Classes.Names[place.Class], text.LineOf(place.Offset));
        return new ModelSyntaxException(line, column, message);
    }

    private void ReadEnd(int objectStart)
    {
        var rest = IdfFields.SkipBlank(text.Span, objectStart, text.Length);
        if (rest < text.Length)
            throw Error(rest, Objects.Count == 0 ? "it has text, but no object" : "text follows the last object");
        if (Objects.Count == 0) throw new ModelSyntaxException(1, 1, EngineSentences.NoObject(text.Who));
    }

    private ModelSyntaxException Error(int offset, string what)
    {
        var (line, column) = text.PositionOf(offset);
        return new ModelSyntaxException(line, column, EngineSentences.UnreadableIdf(text.Who, what, line, column, text.LineAt(offset)));
    }
}
