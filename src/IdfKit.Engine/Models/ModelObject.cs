using IdfKit.Engine.Models;

namespace IdfKit.Engine;

/// <summary>One object of a model. Its fields become text when they are first asked for; two of the same place are equal.</summary>
public sealed class ModelObject : IEquatable<ModelObject>
{
    private readonly ObjectTable _table;
    private readonly int _index;
    private readonly ObjectPlace _place;
    private FieldPlace[]? _places;
    private string[]? _fields;

    internal ModelObject(ObjectTable table, int index)
    {
        (_table, _index, _place) = (table, index, table[index]);
        ClassName = table.ClassNameOf(_place);
    }

    /// <summary>As the model writes it.</summary>
    public string ClassName { get; }

    /// <summary>The object's key in epJSON, its first field in IDF; null when that is blank or missing.</summary>
    public string? Name => _table.Reader.NameOf(_place) is var name && (name.Length > 0 || IsEpJson) ? name : null;

    /// <summary>
    /// The values in the order of the file, as text without comments. In IDF the name is the first of them;
    /// in epJSON the values of groups (vertices, extensible fields) follow each other.
    /// </summary>
    public IReadOnlyList<string> Fields => _fields ??= [.. Places.Select(_table.Reader.TextOf)];

    /// <summary>The same one after the other, none of them kept: an object may have a million.</summary>
    internal IEnumerable<string> Texts => Places.Select(_table.Reader.TextOf);

    /// <summary>How many values the object has; asking does not make text of them.</summary>
    public int FieldCount => Places.Length;

    /// <summary>The line of the class name (IDF) or of the object's key (epJSON), from 1.</summary>
    public int Line => _table.Text.LineOf(_place.Offset);

    /// <summary>The character within that line, from 1.</summary>
    public int Column => _table.Text.PositionOf(_place.Offset).Column;

    /// <summary>Where it stands in the model's text.</summary>
    internal ObjectPlace Place => _place;

    private FieldPlace[] Places => _places ??= _table.Reader.FieldsOf(_place);

    private bool IsEpJson => _table.Reader is EpJsonFields;

    /// <summary>Where a field's text starts: line and column, from 1.</summary>
    public (int Line, int Column) PositionOf(int field) => _table.Text.PositionOf(PlaceOf(field).Start);

    /// <summary>The key of a field in epJSON; null in IDF, where a field has only its place.</summary>
    public string? KeyOf(int field) => _table.Reader.KeyOf(PlaceOf(field));

    /// <summary>
    /// A field's place among <see cref="Fields"/>, by its place in IDF or its key in epJSON; -1 when the object has none.
    /// </summary>
    public int IndexOf(int idfField, string epJsonKey)
    {
        if (!IsEpJson) return idfField < Places.Length ? idfField : -1;
        for (var field = 0; field < Places.Length; field++)
            if (string.Equals(_table.Reader.KeyOf(Places[field]), epJsonKey, StringComparison.OrdinalIgnoreCase)) return field;
        return -1;
    }

    /// <summary>A field's text, by its place in IDF or its key in epJSON; null when it is blank or missing.</summary>
    public string? Field(int idfField, string epJsonKey) =>
        IndexOf(idfField, epJsonKey) is >= 0 and var field && TextOf(field) is { Length: > 0 } text ? text : null;

    /// <inheritdoc/>
    public override string ToString() => Name is { } name ? $"{ClassName} \"{name}\"" : ClassName;

    /// <inheritdoc/>
    public bool Equals(ModelObject? other) => other is not null && other._table == _table && other._index == _index;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ModelObject);

    /// <inheritdoc/>
    public override int GetHashCode() => _index;

    /// <summary>The line of a field's text, from 1; cheap where a line is very long.</summary>
    internal int LineOf(int field) => _table.Text.LineOf(PlaceOf(field).Start);

    /// <summary>One of <see cref="Fields"/>, which are not made for it.</summary>
    internal string TextOf(int field) => _fields is { } fields ? fields[field] : _table.Reader.TextOf(Places[field]);

    internal FieldPlace PlaceOf(int field)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)field, (uint)Places.Length, nameof(field));
        return Places[field];
    }
}
