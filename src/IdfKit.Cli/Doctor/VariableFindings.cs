using System.Collections;

using IdfKit.Runs;
using IdfKit.Runs.Inputs;

namespace IdfKit.Cli.Doctor;

/// <summary>Whether the function could start with the IDFKIT_* variables of an environment.</summary>
internal static class VariableFindings
{
    private const string ToolsOwn = "IDFKIT_BOOTSTRAP";

    public static IReadOnlyList<Finding> Look(IDictionary variables)
    {
        List<Finding> findings = [];
        foreach (var name in RunVariables.Known.Where(variables.Contains).Order(StringComparer.Ordinal))
            findings.Add(FaultOf(new Hashtable { [name] = variables[name] }) is { } fault ? new(name, fault, $"correct {name}") : new(name, "can be used"));
        foreach (var name in RunVariables.UnknownOf(variables))
            findings.Add(name == ToolsOwn ? new(name, "is for idfkit dev") : new(name, "means nothing to this version; docs/configuration.md lists what does", $"correct or remove {name}"));
        if (findings.TrueForAll(finding => finding.ToDo is null) && FaultOf(variables) is { } together)
            findings.Add(new("together", together, "correct the prefixes"));
        return findings.Count == 0 ? [new("IDFKIT_*", "none is set; the defaults are used")] : findings;
    }

    private static string? FaultOf(IDictionary variables)
    {
        try
        {
            var settings = RunVariables.Read(variables);
            _ = new OutputLayout(settings.InputPrefix, settings.OutputPrefix, sameBucket: settings.OutputBucket is null);
            return null;
        }
        catch (ArgumentException e) { return e.Message; }
    }
}
