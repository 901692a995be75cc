using IdfKit.Engine;
using IdfKit.Engine.Schemas;

namespace IdfKit.Studies.Variants;

/// <summary>Notes values for the fields of objects, in one of the two formats.</summary>
internal interface IObjectEdit
{
    /// <summary>Notes all values of one object at once.</summary>
    /// <param name="item">The object.</param>
    /// <param name="schema">Its class.</param>
    /// <param name="values">By the places of the fields in IDF, ascending.</param>
    void Note(ModelObject item, ClassSchema schema, IReadOnlyDictionary<int, FieldValue> values);

    /// <summary>How many groups of an extensible class an object has.</summary>
    int GroupsOf(ModelObject item, ClassSchema schema);
}

/// <summary>A value for a field.</summary>
/// <param name="Address">Of the field.</param>
/// <param name="Text">As the study has it.</param>
internal readonly record struct FieldValue(FieldAddress Address, string Text);
