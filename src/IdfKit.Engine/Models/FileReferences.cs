using System.Text;

namespace IdfKit.Engine.Models;

/// <summary>Finds the files that a model names, by the fields of EnergyPlus 25.2's schema that hold a file's name.</summary>
internal static class FileReferences
{
    /// <summary>The classes, and where the name stands in IDF and epJSON. A test compares them with the schema.</summary>
    internal static readonly (string ClassName, int IdfField, string EpJsonKey)[] Fields =
    [
        ("Schedule:File", 2, "file_name"),
        ("Schedule:File:Shading", 0, "file_name"),
        ("Construction:WindowDataFile", 1, "file_name"),
        ("Table:IndependentVariable", 7, "external_file_name"),
        ("Table:Lookup", 7, "external_file_name"),
        ("Coil:DX:ASHRAE205:Performance", 1, "representation_file_name"),
        ("Chiller:Electric:ASHRAE205", 1, "representation_file_name"),
        ("ExternalInterface:FunctionalMockupUnitImport", 0, "fmu_file_name"),
    ];

    public static IReadOnlyList<FileReference> Of(Model model)
    {
        var found = new List<FileReference>();
        foreach (var (item, field) in FieldsOf(model))
        {
            if (item.TextOf(field) is { Length: > 0 } path)
                found.Add(new(Shared(path, found), item.ClassName, item.Name, item.LineOf(field)));
        }
        foreach (var macro in model.FileMacros)
            if (IsInclude(macro)) found.Add(new(macro.Argument, macro.Command, null, macro.Line));
        return IsInOrder(found) ? found : [.. found.OrderBy(reference => reference.Line)];
    }

    /// <summary>
    /// Each path and where it stands in the model's text, quotes included in epJSON; an empty range where it does not stand in one piece.
    /// </summary>
    public static IEnumerable<(string Path, int Start, int End)> PlacesOf(Model model)
    {
        foreach (var (item, field) in FieldsOf(model))
        {
            var (path, place) = (item.TextOf(field), item.PlaceOf(field));
            if (model.EpJson is not null) yield return (path, place.Start, place.End);
            else yield return StandsAt(model.Text, path, place.Start) ?? (path, place.Start, place.Start);
        }
        foreach (var macro in model.FileMacros.Where(IsInclude))
        {
            var line = model.Text.Span[macro.Offset..IdfFields.EndOfLine(model.Text.Span, macro.Offset)];
            var start = macro.Offset + line.LastIndexOf(Encoding.UTF8.GetBytes(macro.Argument));
            yield return StandsAt(model.Text, macro.Argument, start) ?? (macro.Argument, start, start);
        }
    }

    /// <summary>
    /// The paths alone, one after the other and none of them kept: a list may take many times as much as the model.
    /// </summary>
    public static IEnumerable<string> PathsOf(Model model) =>
        FieldsOf(model).Select(found => found.Item.TextOf(found.Field)).Concat(model.FileMacros.Select(macro => macro.Argument));

    private static IEnumerable<(ModelObject Item, int Field)> FieldsOf(Model model)
    {
        foreach (var (className, idfField, key) in Fields)
            foreach (var item in model.ObjectsOf(className))
                if (item.IndexOf(idfField, key) is >= 0 and var field) yield return (item, field);
    }

    private static bool IsInclude(MacroLine macro) => macro.Command is "##include" or "##includesilent" && macro.Argument.Length > 0;

    private static (string Path, int Start, int End)? StandsAt(ModelText text, string path, int start)
    {
        var bytes = Encoding.UTF8.GetBytes(path);
        return text.Span[start..].StartsWith(bytes) ? (path, start, start + bytes.Length) : null;
    }

    /// <summary>Many objects in a row read columns of one file: its name is kept once.</summary>
    private static string Shared(string path, List<FileReference> found) =>
        found is [.., var last] && last.Path == path ? last.Path : path;

    private static bool IsInOrder(List<FileReference> found)
    {
        for (var at = 1; at < found.Count; at++)
            if (found[at].Line < found[at - 1].Line) return false;
        return true;
    }
}
