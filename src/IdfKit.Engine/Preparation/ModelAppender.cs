using System.Text;

using IdfKit.Engine.Models;

namespace IdfKit.Engine.Preparation;

/// <summary>Notes added objects for a model's text without touching what is there.</summary>
internal static class ModelAppender
{
    /// <param name="model">The model.</param>
    /// <param name="length">Of its text.</param>
    /// <param name="edits">Where they are noted.</param>
    /// <param name="added">The objects.</param>
    public static void Append(Model model, int length, TextEdits edits, IReadOnlyList<AddedObject> added)
    {
        if (added.Count == 0) return;
        if (model.EpJson is { } json) Merge(model, json, edits, added);
        else edits.Insert(length, IdfOf(model, added));
    }

    private static string IdfOf(Model model, IReadOnlyList<AddedObject> added)
    {
        // A CR alone is mended afterwards, and would not be if an LF followed it.
        var text = new StringBuilder(model.HasLoneCarriageReturns && model.Text.Memory.Span is [.., (byte)'\r'] ? "" : "\n");
        // The last object may lack its semicolon, and would swallow what follows.
        if (model.EndsInsideObject) text.Append(";\n");
        foreach (var item in added) text.Append(item.Idf).Append('\n');
        return text.ToString();
    }

    /// <summary>Each class's objects go behind the class's own brace, or behind the model's when it has none of the class.</summary>
    private static void Merge(Model model, EpJsonScanner json, TextEdits edits, IReadOnlyList<AddedObject> added)
    {
        foreach (var group in added.GroupBy(item => item.ClassName, StringComparer.OrdinalIgnoreCase))
        {
            // A run in parts is given objects twice.
            var taken = model.ObjectsOf(group.Key).Select(item => item.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var names = Enumerable.Range(1, int.MaxValue).Select(number => $"idfkit {group.Key} {number}")
                .Where(name => !taken.Contains(name));
            var objects = string.Join(",\n", group.Zip(names, (item, name) => $"{AddedObject.Quote(name)}: {item.Json}"));
            if (json.PlaceOf(group.Key) is { } place)
                edits.Insert(place.AfterBrace, "\n" + objects + (place.Empty ? "\n" : ","));
            else
                edits.Insert(json.AfterBrace, "\n" + AddedObject.Quote(group.Key) + ": {" + objects + "},");
        }
    }
}
