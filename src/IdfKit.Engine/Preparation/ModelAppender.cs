using System.Text;

using IdfKit.Engine.Models;

namespace IdfKit.Engine.Preparation;

/// <summary>Writes added objects into a model file without touching what is there.</summary>
internal static class ModelAppender
{
    public static void Append(Model model, string path, IReadOnlyList<AddedObject> added)
    {
        if (model.EpJson is { } json) Merge(model, path, json, added);
        else AppendIdf(model, path, added);
    }

    private static void AppendIdf(Model model, string path, IReadOnlyList<AddedObject> added)
    {
        var text = new StringBuilder("\n");
        // The last object may lack its semicolon, and would swallow what follows.
        if (model.EndsInsideObject) text.Append(";\n");
        foreach (var item in added) text.Append(item.Idf).Append('\n');
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 1);
        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Each class's objects go behind the class's own brace, or behind the model's when it has none of the class.</summary>
    private static void Merge(Model model, string path, EpJsonScanner json, IReadOnlyList<AddedObject> added)
    {
        var insertions = new SortedDictionary<int, string>();
        foreach (var group in added.GroupBy(item => item.ClassName, StringComparer.OrdinalIgnoreCase))
        {
            var objects = string.Join(",\n",
                group.Select((item, index) => $"{AddedObject.Quote($"idfkit {group.Key} {index + 1}")}: {item.Json}"));
            if (json.PlaceOf(group.Key) is { } place)
                insertions[place.AfterBrace] = "\n" + objects + (place.Empty ? "\n" : ",");
            else
                insertions[json.AfterBrace] =
                    insertions.GetValueOrDefault(json.AfterBrace) + "\n" + AddedObject.Quote(group.Key) + ": {" + objects + "},";
        }
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        var from = 0;
        foreach (var (offset, text) in insertions)
        {
            file.Write(model.Text.Span[from..offset]);
            file.Write(Encoding.UTF8.GetBytes(text));
            from = offset;
        }
        file.Write(model.Text.Span[from..]);
    }
}
