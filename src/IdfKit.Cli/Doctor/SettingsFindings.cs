using System.Collections;

using IdfKit.Cli.Dev;
using IdfKit.Drops;

namespace IdfKit.Cli.Doctor;

/// <summary>Whether the function would start with the IDFKIT_* variables of this environment. No value is shown.</summary>
internal static class SettingsFindings
{
    public static (FunctionOptions? Options, IReadOnlyList<Finding> Findings) Look(IDictionary variables)
    {
        var unknown = FunctionVariables.UnknownIn(variables);
        var misspelt = unknown.Select(name => Finding.Problem(FunctionOptions.AboutUnknown(name)));
        FunctionOptions options;
        try { options = FunctionOptions.FromEnvironment(variables); }
        catch (FunctionStartException e) { return (null, [.. e.Faults.Select(Finding.Problem), .. misspelt]); }

        List<Finding> findings = [];
        var set = FunctionOptions.KnownVariables.Where(variables.Contains).ToList();
        findings.Add(Finding.Good(
            set.Count == 0 ? "no IDFKIT_* variable is set; the defaults hold" : $"set and sane: {string.Join(", ", set)}"));
        try { _ = new Drops.OutputLayout(
            options.Runs.InputPrefix, options.Runs.OutputPrefix, sameBucket: options.Runs.OutputBucket is null); }
        catch (ArgumentException e) { findings.Add(Finding.Problem(e.Message)); }
        findings.AddRange(misspelt);
        return (options, findings);
    }
}
