namespace IdfKit.Engine.Preparation;

/// <summary>
/// What ExpandObjects and EPMacro complain of: both end with exit code 0 even when they fail, and leave their words as
/// <c>Output:PreprocessorMessage</c> objects in the model, for EnergyPlus to report.
/// </summary>
internal static class Complaints
{
    /// <summary>The first message of Severe or Fatal in what a program has made; null when there is none.</summary>
    public static string? In(string modelPath, string program)
    {
        foreach (var message in Model.ReadFile(modelPath).ObjectsOf("Output:PreprocessorMessage"))
        {
            if (message.FieldCount < 2 || !program.Equals(message.Name, StringComparison.OrdinalIgnoreCase)) continue;
            if (message.Fields[1].ToLowerInvariant() is "severe" or "fatal")
                return string.Join(
                    ' ', message.Fields.Skip(2).Where(line => !line.StartsWith("refer to <file>", StringComparison.Ordinal)));
        }
        return null;
    }
}
