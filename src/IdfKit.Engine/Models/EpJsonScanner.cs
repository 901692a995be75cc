using System.Text.Json;

namespace IdfKit.Engine.Models;

/// <summary>
/// Finds the objects of an epJSON model: class, then object, then fields. A member that stands in one object twice is refused: EnergyPlus
/// takes the last of them, and a check of the model may see another one.
/// </summary>
internal sealed class EpJsonScanner(ModelText text)
{
    // A model is five deep at most.
    private const int Deepest = 32;
    private const int LongestClassName = 600; // a hundred escapes

    private int _fields; // of the object that is read

    private readonly JsonNames _objectNames = new(text.Memory, ignoreCase: false);
    private readonly List<JsonNames> _fieldNames = [];
    private readonly List<(int Key, int AfterBrace, bool Empty)> _classPlaces = [];

    public ClassTable Classes { get; } = new();

    public Chunks<ObjectPlace> Objects { get; } = new();

    /// <summary>Just after the model's own brace.</summary>
    public int AfterBrace { get; private set; }

    /// <summary>
    /// Where the objects of a class start: just after its brace, and whether none stands there; null for a class that is not there.
    /// </summary>
    public (int AfterBrace, bool Empty)? PlaceOf(string className) =>
        Classes.Find(className) is >= 0 and var number ? (_classPlaces[number].AfterBrace, _classPlaces[number].Empty) : null;

    public void Scan()
    {
        try
        {
            var reader = new Utf8JsonReader(text.Span[text.Start..], isFinalBlock: true, default);
            ReadModel(ref reader);
            if (reader.Read()) throw Unreadable(Offset(reader), "text follows the model's last brace");
        }
        catch (JsonException e)
        {
            throw Broken(e);
        }
        if (Objects.Count == 0) throw new ModelSyntaxException(1, 1, EngineSentences.NoObject(text.Who));
    }

    private void ReadModel(ref Utf8JsonReader reader)
    {
        reader.Read();
        AfterBrace = Offset(reader) + 1;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            CheckText(reader);
            if (reader.ValueSpan.Length > LongestClassName) throw Unreadable(Offset(reader), "a class name is expected");
            var number = AddClass(reader.GetString()!, Offset(reader));
            var before = Objects.Count;
            reader.Read();
            Expect(reader, "a class must hold objects by their names");
            var afterBrace = Offset(reader) + 1;
            ReadObjects(ref reader, number);
            _classPlaces[number] = (_classPlaces[number].Key, afterBrace, Objects.Count == before);
        }
    }

    private int AddClass(string name, int offset)
    {
        // EnergyPlus knows a class only as its schema spells it, so that two spellings are never both right.
        if (Classes.Find(name) is >= 0 and var known)
            throw Twice(EngineSentences.ClassTwice(text.Who, name, text.LineOf(_classPlaces[known].Key), text.LineOf(offset)), offset);
        if (Classes.IsFull) throw Unreadable(offset, "it has more different class names than any model");
        _classPlaces.Add((offset, 0, true));
        return Classes.Add(name);
    }

    private void ReadObjects(ref Utf8JsonReader reader, int number)
    {
        _objectNames.Clear();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            CheckText(reader);
            var offset = Offset(reader);
            if (_objectNames.Add(offset) is >= 0 and var first)
            {
                var (className, name) = (Classes.Names[number], reader.GetString()!);
                throw Twice(EngineSentences.ObjectTwice(text.Who, className, name, text.LineOf(first), text.LineOf(offset)), offset);
            }
            reader.Read();
            Expect(reader, "an object must hold fields by their names");
            if (Objects.Count == ModelBounds.MostObjects) throw Unreadable(offset, ModelBounds.TooManyObjects);
            Objects.Add(new(offset, Offset(reader), number));
            ReadFields(ref reader);
        }
    }

    /// <summary>Reads to the end of the object that the reader stands on.</summary>
    private void ReadFields(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        NamesAt(0).Clear();
        _fields = 0;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType is JsonTokenType.StartObject) NamesAt(reader.CurrentDepth - depth).Clear();
            if (reader.CurrentDepth > Deepest) throw Unreadable(Offset(reader), "the JSON is nested deeper than in any model");
            CheckText(reader);
            if (EpJsonFields.IsValue(reader.TokenType) && ++_fields > ModelBounds.MostFields)
                throw Unreadable(Offset(reader), ModelBounds.TooManyFields);
            if (reader.TokenType is not JsonTokenType.PropertyName) continue;
            var offset = Offset(reader);
            if (NamesAt(reader.CurrentDepth - depth - 1).Add(offset) is >= 0 and var first)
                throw FieldTwice(reader.GetString()!, first, offset);
        }
    }

    private JsonNames NamesAt(int depth)
    {
        while (_fieldNames.Count <= depth) _fieldNames.Add(new JsonNames(text.Memory, ignoreCase: true));
        return _fieldNames[depth];
    }

    private ModelSyntaxException FieldTwice(string field, int first, int offset)
    {
        var place = Objects[Objects.Count - 1];
        var owner = EngineSentences.Owner(Classes.Names[place.Class], new EpJsonFields(text).NameOf(place));
        return Twice(EngineSentences.FieldTwice(text.Who, owner, field, text.LineOf(first), text.LineOf(offset)), offset);
    }

    /// <summary>A half of a pair of escapes is no character, and would be no text later.</summary>
    private void CheckText(in Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > ModelBounds.LongestText) throw Unreadable(Offset(reader), ModelBounds.TooLongText);
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped) return;
        try
        {
            _ = reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw Unreadable(Offset(reader), "an escape (\\u) in it is no whole character");
        }
    }

    private void Expect(in Utf8JsonReader reader, string what)
    {
        if (reader.TokenType is not JsonTokenType.StartObject) throw Unreadable(Offset(reader), what);
    }

    private int Offset(in Utf8JsonReader reader) => text.Start + (int)reader.TokenStartIndex;

    private ModelSyntaxException Twice(string message, int offset)
    {
        var (line, column) = text.PositionOf(offset);
        return new ModelSyntaxException(line, column, message);
    }

    private ModelSyntaxException Unreadable(int offset, string what)
    {
        var (line, column) = text.PositionOf(offset);
        return new ModelSyntaxException(line, column, EngineSentences.UnreadableEpJson(text.Who, what, line, column, text.LineAt(offset)));
    }

    /// <summary>The reader tells its own place: the line as it counts them, which is by LF, and the bytes in it.</summary>
    private ModelSyntaxException Broken(JsonException error)
    {
        var offset = text.Start;
        for (var line = 0L; line < (error.LineNumber ?? 0); line++) offset += text.Span[offset..].IndexOf((byte)'\n') + 1;
        offset = Math.Min(text.Length, offset + (int)(error.BytePositionInLine ?? 0));
        if (text.Span[offset..].IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            var (line, column) = text.PositionOf(text.Length);
            return new ModelSyntaxException(line, column, EngineSentences.EpJsonCutOff(text.Who, line), error);
        }
        var place = text.PositionOf(offset);
        var what = WhatIsWrongAt(offset);
        var message = EngineSentences.UnreadableEpJson(text.Who, what, place.Line, place.Column, text.LineAt(offset));
        return new ModelSyntaxException(place.Line, place.Column, message, error);
    }

    /// <summary>The reader's own words are for programmers.</summary>
    private string WhatIsWrongAt(int offset)
    {
        if (text.Span[offset] is not ((byte)'}' or (byte)']')) return "the JSON is broken";
        var before = text.Span[..offset].TrimEnd(" \t\r\n"u8);
        return before.EndsWith(","u8) ? "the JSON has a comma too many before this bracket" : "the JSON is broken";
    }
}
