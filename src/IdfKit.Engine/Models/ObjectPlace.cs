namespace IdfKit.Engine.Models;

/// <summary>Where an object stands in its model's text; twelve bytes, since a model may have a million of them.</summary>
/// <param name="Offset">Of the class name (IDF) or of the object's key (epJSON).</param>
/// <param name="Body">Of the separator behind the class name (IDF) or of the object's brace (epJSON).</param>
/// <param name="Class">The class's number.</param>
internal readonly record struct ObjectPlace(int Offset, int Body, int Class);
