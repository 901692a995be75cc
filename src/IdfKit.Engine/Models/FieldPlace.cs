namespace IdfKit.Engine.Models;

/// <summary>Where a field stands in its model's text.</summary>
/// <param name="Key">Of the field's key, quotes included; -1 in IDF, where a field has only its place.</param>
/// <param name="Start">Where the value's text starts.</param>
/// <param name="End">Just after the value's text; in IDF its separator.</param>
internal readonly record struct FieldPlace(int Key, int Start, int End);
