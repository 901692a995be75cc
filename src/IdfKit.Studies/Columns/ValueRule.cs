using IdfKit.Engine.Schemas;
using IdfKit.Runs;

namespace IdfKit.Studies.Columns;

/// <summary>Whether the schema allows a value.</summary>
internal static class ValueRule
{
    /// <summary>What is wrong with a value, as a part of a sentence; null: nothing.</summary>
    public static string? FaultOf(FieldSchema field, string value)
    {
        if (value.Any(char.IsControl)) return StudySentences.HasControlCharacters;
        if (field.TakesNumbers && NumberText.Read(value) is { } number)
        {
            if (field.IsInteger && number != Math.Floor(number)) return StudySentences.NotWhole;
            return field.IsInRange(number) ? null : StudySentences.OutOfRange(field);
        }
        if (field.TakesText) return null;
        if (field.Choices.Contains(value, StringComparer.OrdinalIgnoreCase)) return null;
        if (field.Choices.Count == 0) return StudySentences.NotANumber;
        return StudySentences.NotAChoice(field, Spelling.Nearest(value, field.Choices));
    }
}
