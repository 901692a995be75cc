namespace IdfKit.Engine.Models;

/// <summary>Finds what an untrusted model must not have.</summary>
internal static class ModelRisks
{
    public static IReadOnlyList<ModelRisk> Of(Model model)
    {
        var found = new List<ModelRisk>();
        foreach (var item in model.Objects)
        {
            if (item.ClassName.StartsWith("PythonPlugin:", StringComparison.OrdinalIgnoreCase))
                found.Add(new(ModelRiskKind.PythonPlugin, $"{item} (line {item.Line}) runs Python code.", item.Line));
            else if (item.ClassName.StartsWith("ExternalInterface", StringComparison.OrdinalIgnoreCase))
                found.Add(new(ModelRiskKind.ExternalInterface, $"{item} (line {item.Line}) couples EnergyPlus to another program.", item.Line));
        }
        foreach (var macro in model.Macros)
            if (macro.ReadsFiles)
                found.Add(new(ModelRiskKind.Include, $"{macro.Command} {macro.Argument} (line {macro.Line}) reads another file into the model.", macro.Line));
        foreach (var file in model.ReferencedFiles)
            if (KindOf(file.Path) is { } kind)
                found.Add(new(kind, Message(file, kind), file.Line));
        return [.. found.OrderBy(risk => risk.Line)];
    }

    private static string Message(FileReference file, ModelRiskKind kind)
    {
        var owner = file.ObjectName is { } name ? $"{file.ClassName} \"{name}\"" : file.ClassName;
        var what = kind is ModelRiskKind.AbsolutePath ? "by an absolute path" : "outside of the model's own folder";
        return $"{owner} (line {file.Line}) names a file {what}: {file.Path}.";
    }

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
