namespace IdfKit.Engine.Models;

/// <summary>Reads the fields of an object out of the text, in one of the two formats.</summary>
internal interface IFieldReader
{
    /// <summary>The places of all fields, in the order of the file.</summary>
    FieldPlace[] FieldsOf(ObjectPlace place);

    /// <summary>The object's key in epJSON, its first field in IDF; empty when that is blank or missing.</summary>
    string NameOf(ObjectPlace place);

    /// <summary>The field's text, without blanks around it, comments or quotes.</summary>
    string TextOf(FieldPlace field);

    /// <summary>The field's key, in epJSON.</summary>
    string? KeyOf(FieldPlace field);
}
