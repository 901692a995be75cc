using System.Text.Json;

namespace IdfKit.Engine.Models;

/// <summary>Finds the objects of an epJSON model: class, then object, then fields; values of arrays follow each other.</summary>
internal sealed class EpJsonScanner(ModelText text)
{
    private readonly List<EpJsonFields.Entry> _entries = new(1024);
    private readonly List<ModelObject> _objects = new(256);

    /// <summary>Where each class's objects start: just after its brace, and whether none stands there.</summary>
    public Dictionary<string, (int AfterBrace, bool Empty)> Classes { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Just after the model's own brace.</summary>
    public int AfterBrace { get; private set; }

    public ModelObject[] Scan()
    {
        try
        {
            var reader = new Utf8JsonReader(text.Span[text.Start..], isFinalBlock: true, default);
            ReadModel(ref reader);
            if (reader.Read()) throw Error(Offset(reader), "text follows the model's last brace");
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0) + 1;
            var column = (int)(e.BytePositionInLine ?? 0) + 1;
            throw new ModelSyntaxException(line, column, $"This is not a readable epJSON model: at line {line}, column {column}, the JSON is broken or ends.", e);
        }
        if (_objects.Count == 0) throw Error(text.Length, "it has no object");
        return [.. _objects];
    }

    private void ReadModel(ref Utf8JsonReader reader)
    {
        var fields = new EpJsonFields(text, _entries);
        reader.Read();
        AfterBrace = Offset(reader) + 1;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var className = reader.GetString()!;
            reader.Read();
            Expect(reader, "a class must hold objects by their names");
            var start = Offset(reader) + 1;
            var before = _objects.Count;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var (offset, name, first) = (Offset(reader), reader.GetString()!, _entries.Count);
                reader.Read();
                Expect(reader, "an object must hold fields by their names");
                ReadValues(ref reader);
                _objects.Add(new ModelObject(text, fields, className, offset, first, _entries.Count - first, name));
            }
            Classes.TryAdd(className, (start, _objects.Count == before));
        }
    }

    /// <summary>Reads to the end of the object that the reader stands on, and keeps every value in it.</summary>
    private void ReadValues(ref Utf8JsonReader reader)
    {
        var (depth, key) = (reader.CurrentDepth, -1);
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType is JsonTokenType.PropertyName) key = Offset(reader);
            else if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.StartArray or JsonTokenType.EndArray))
                _entries.Add(new(key, Offset(reader), text.Start + (int)reader.BytesConsumed));
        }
    }

    private void Expect(in Utf8JsonReader reader, string what)
    {
        if (reader.TokenType is not JsonTokenType.StartObject) throw Error(Offset(reader), what);
    }

    private int Offset(in Utf8JsonReader reader) => text.Start + (int)reader.TokenStartIndex;

    private ModelSyntaxException Error(int offset, string what)
    {
        var (line, column) = text.PositionOf(offset);
        return new ModelSyntaxException(line, column, $"This is not a readable epJSON model: at line {line}, column {column}, {what}.");
    }
}
