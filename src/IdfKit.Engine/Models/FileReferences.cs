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
        foreach (var (className, idfField, key) in Fields)
        {
            foreach (var item in model.ObjectsOf(className))
                if (item.Field(idfField, key) is { } path)
                    found.Add(new(Shared(path, found), item.ClassName, item.Name, item.LineOf(item.IndexOf(idfField, key))));
        }
        foreach (var macro in model.FileMacros)
            if (macro.Command is "##include" or "##includesilent" && macro.Argument.Length > 0)
                found.Add(new(macro.Argument, macro.Command, null, macro.Line));
        return IsInOrder(found) ? found : [.. found.OrderBy(reference => reference.Line)];
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
