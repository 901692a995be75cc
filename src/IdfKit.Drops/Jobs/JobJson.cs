using System.Text;
using System.Text.Json;

namespace IdfKit.Drops.Jobs;

/// <summary>The tokens of a job file: values of the kind that is wanted, or the fault with its line.</summary>
internal ref struct JobJson(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private Utf8JsonReader _reader = new(
        text, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });

    internal readonly bool IsObject => _reader.TokenType == JsonTokenType.StartObject;

    internal readonly bool IsNull => _reader.TokenType == JsonTokenType.Null;

    internal readonly bool IsText => _reader.TokenType == JsonTokenType.String;

    /// <summary>Of the token, from 1.</summary>
    internal readonly int Line => _text[..(int)_reader.TokenStartIndex].Count((byte)'\n') + 1;

    /// <summary>The token as the author wrote it.</summary>
    internal readonly string Written => Encoding.UTF8.GetString(_reader.ValueSpan);

    /// <summary>To the next token, which there must be.</summary>
    internal void Advance()
    {
        if (!_reader.Read()) throw new JobFileFault(DropSentences.JobFileEmpty());
    }

    /// <summary>To the name of the next member; null at the end of the object.</summary>
    internal string? NextMember()
    {
        Advance();
        return _reader.TokenType == JsonTokenType.EndObject ? null : TextOf("a name");
    }

    /// <summary>To the next element of an array; false at its end.</summary>
    internal bool NextElement()
    {
        Advance();
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>Nothing may follow.</summary>
    internal void End() => _reader.Read();

    internal readonly string Text(string field) => IsText ? TextOf(field) : throw Unfit(field, "text");

    internal readonly bool Flag(string field) => _reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unfit(field, "true or false"),
    };

    internal readonly double Number(string field) =>
        _reader.TokenType == JsonTokenType.Number
            ? _reader.TryGetDouble(out var number) ? number : double.NaN
            : throw Unfit(field, "a number");

    internal readonly void Array(string field, string wanted = "a list in [ ]")
    {
        if (_reader.TokenType != JsonTokenType.StartArray) throw Unfit(field, wanted);
    }

    internal readonly void Object(string field)
    {
        if (!IsObject) throw Unfit(field, "an object in { }");
    }

    internal readonly JobFileFault Unfit(string field, string wanted) => new(DropSentences.JobFieldOfWrongKind(field, Line, wanted));

    private readonly string TextOf(string field)
    {
        try { return _reader.GetString()!; }
        // an escape of half a surrogate pair
        catch (InvalidOperationException) { throw new JobFileFault(DropSentences.HalfCharacter(field, Line)); }
    }
}
