using IdfKit.Engine.Models;

namespace IdfKit.Engine;

/// <summary>One object of a model. Its fields become text when they are first asked for.</summary>
public sealed class ModelObject
{
    private readonly ModelText _text;
    private readonly IFieldSource _source;
    private readonly int _offset;
    private readonly int _first;
    private readonly int _count;
    private readonly string? _key;
    private string[]? _fields;

    internal ModelObject(ModelText text, IFieldSource source, string className, int offset, int firstField, int count, string? key)
    {
        (_text, _source, _offset, _first, _count, _key) = (text, source, offset, firstField, count, key);
        ClassName = className;
    }

    /// <summary>As the model writes it.</summary>
    public string ClassName { get; }

    /// <summary>The object's key in epJSON, its first field in IDF; null when that is blank or missing.</summary>
    public string? Name => _key ?? (_count > 0 && _source.TextOf(_first) is { Length: > 0 } name ? name : null);

    /// <summary>
    /// The values in the order of the file, as text without comments. In IDF the name is the first of them;
    /// in epJSON the values of groups (vertices, extensible fields) follow each other.
    /// </summary>
    public IReadOnlyList<string> Fields => _fields ??= [.. Enumerable.Range(_first, _count).Select(_source.TextOf)];

    /// <summary>How many values the object has; asking does not make text of them.</summary>
    public int FieldCount => _count;

    /// <summary>The line of the class name (IDF) or of the object's key (epJSON), from 1.</summary>
    public int Line => _text.PositionOf(_offset).Line;

    /// <summary>The character within that line, from 1.</summary>
    public int Column => _text.PositionOf(_offset).Column;

    /// <summary>Where a field's text starts: line and column, from 1.</summary>
    public (int Line, int Column) PositionOf(int field)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)field, (uint)_count, nameof(field));
        return _text.PositionOf(_source.OffsetOf(_first + field));
    }

    /// <summary>The key of a field in epJSON; null in IDF, where a field has only its place.</summary>
    public string? KeyOf(int field)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)field, (uint)_count, nameof(field));
        return _source.KeyOf(_first + field);
    }

    /// <summary>A field's place among <see cref="Fields"/>, by its place in IDF or its key in epJSON; -1 when the object has none.</summary>
    public int IndexOf(int idfField, string epJsonKey)
    {
        if (_key is null) return idfField < _count ? idfField : -1;
        for (var field = 0; field < _count; field++)
            if (string.Equals(_source.KeyOf(_first + field), epJsonKey, StringComparison.OrdinalIgnoreCase)) return field;
        return -1;
    }

    /// <summary>A field's text, by its place in IDF or its key in epJSON; null when it is blank or missing.</summary>
    public string? Field(int idfField, string epJsonKey) =>
        IndexOf(idfField, epJsonKey) is >= 0 and var field && Fields[field] is { Length: > 0 } text ? text : null;

    /// <inheritdoc/>
    public override string ToString() => Name is { } name ? $"{ClassName} \"{name}\"" : ClassName;
}
