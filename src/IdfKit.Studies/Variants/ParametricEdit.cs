using IdfKit.Engine;
using IdfKit.Engine.Models;
using IdfKit.Engine.Preparation;
using IdfKit.Studies.Expressions;
using IdfKit.Studies.Files;

namespace IdfKit.Studies.Variants;

/// <summary>Puts the values of expressions into their fields, and takes the objects out that say what the parameters are.</summary>
internal static class ParametricEdit
{
    public static void Note(Model model, TextEdits edits, IdfObjectEdit fields, IEnumerable<(StudyColumn Column, string Value)> parameters)
    {
        var values = parameters.ToDictionary(value => value.Column.Key, value => value.Value, StringComparer.Ordinal);
        foreach (var item in model.Objects)
        {
            if (item.ClassName.StartsWith(ParametricTable.ClassPrefix, StringComparison.OrdinalIgnoreCase)) Remove(model, edits, item);
            else NoteFields(item, fields, values);
        }
    }

    private static void NoteFields(ModelObject item, IdfObjectEdit fields, Dictionary<string, string> values)
    {
        for (var field = 0; field < item.FieldCount; field++)
        {
            if (item.TextOf(field) is not ['=', .. var expression]) continue;
            try
            {
                fields.Replace(item.PlaceOf(field), Expression.Evaluate(expression, values));
            }
            catch (ExpressionFault e)
            {
                throw new VariantFault(StudySentences.InExpression(item.LineOf(field), expression, e.Message));
            }
        }
    }

    /// <summary>The object goes with its lines, where nothing else stands in them.</summary>
    private static void Remove(Model model, TextEdits edits, ModelObject item)
    {
        var text = model.Text.Span;
        var start = item.Place.Offset;
        var end = item.FieldCount == 0 ? item.Place.Body : item.PlaceOf(item.FieldCount - 1).End;
        if (end < text.Length) end++;
        var lineStart = text[..start].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        var lineEnd = IdfFields.EndOfLine(text, end);
        var rest = text[end..lineEnd].TrimStart(" \t"u8);
        if (text[lineStart..start].Trim(" \t"u8).IsEmpty && (rest.IsEmpty || rest[0] == '!'))
        {
            start = lineStart;
            end = lineEnd < text.Length && text[lineEnd] == '\r' ? lineEnd + 1 : lineEnd;
            if (end < text.Length && text[end] == '\n') end++;
        }
        edits.Replace(start, end, "");
    }
}
