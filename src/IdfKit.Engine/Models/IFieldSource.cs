namespace IdfKit.Engine.Models;

/// <summary>Where a model's objects find their fields; a field is a number that only the source understands.</summary>
internal interface IFieldSource
{
    /// <summary>The field's text, without blanks around it, comments or quotes.</summary>
    string TextOf(int field);

    /// <summary>Where the text starts.</summary>
    int OffsetOf(int field);

    /// <summary>The field's key, in epJSON.</summary>
    string? KeyOf(int field);
}
