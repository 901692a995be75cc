namespace IdfKit.Engine.Models;

/// <summary>Finds what an untrusted model must not have.</summary>
internal static class ModelRisks
{
    // More are of no use to anyone who reads them.
    private const int Most = 1000;

    public static IReadOnlyList<ModelRisk> Of(Model model)
    {
        var objects = model.ObjectsOfAny("PythonPlugin:").Select(OfPlugin)
            .Concat(model.ObjectsOfAny("ExternalInterface").Select(OfInterface));
        var macros = model.FileMacros.Select(OfMacro);
        var files = model.ReferencedFiles.Select(OfFile).OfType<ModelRisk>();
        return [.. objects.Take(Most).Concat(macros.Take(Most)).Concat(files.Take(Most)).OrderBy(risk => risk.Line)];
    }

    private static ModelRisk OfPlugin(ModelObject item) =>
        new(ModelRiskKind.PythonPlugin, EngineSentences.RunsPython(Owner(item), item.Line), item.Line);

    private static ModelRisk OfInterface(ModelObject item) =>
        new(ModelRiskKind.ExternalInterface, EngineSentences.CouplesPrograms(Owner(item), item.Line), item.Line);

    private static ModelRisk OfMacro(MacroLine macro) =>
        new(ModelRiskKind.Include, EngineSentences.IncludesFile(macro.Command, macro.Argument, macro.Line), macro.Line);

    private static ModelRisk? OfFile(FileReference file)
    {
        if (KindOf(file.Path) is not { } kind) return null;
        var owner = EngineSentences.Owner(file.ClassName, file.ObjectName);
        return new(kind, EngineSentences.NamesFile(owner, file.Line, kind is ModelRiskKind.AbsolutePath, file.Path), file.Line);
    }

    private static string Owner(ModelObject item) => EngineSentences.Owner(item.ClassName, item.Name);

    /// <summary>Reads a path as Windows and Unix do alike, since models come from both.</summary>
    public static ModelRiskKind? KindOf(string path)
    {
        if (path is ['/' or '\\' or '~', ..] or [_, ':', ..]) return ModelRiskKind.AbsolutePath;
        var depth = 0;
        foreach (var segment in path.Split('/', '\\'))
        {
            depth += segment switch { ".." => -1, "" or "." => 0, _ => 1 };
            if (depth < 0) return ModelRiskKind.EscapingPath;
        }
        return null;
    }
}
