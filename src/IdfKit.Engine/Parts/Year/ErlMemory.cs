using System.Text.RegularExpressions;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Finds programs of the energy management system that read a variable of their own before they set it: EnergyPlus keeps it from one call
/// to the next, so that it may count what has gone before (<c>SET Hours = Hours + 1</c>).
/// </summary>
internal static partial class ErlMemory
{
    private static readonly string[] Classes = ["EnergyManagementSystem:Program", "EnergyManagementSystem:Subroutine"];

    /// <returns>The first such program; null where there is none.</returns>
    public static ModelObject? Of(Model model) => Classes.SelectMany(model.ObjectsOf).FirstOrDefault(Remembers);

    private static bool Remembers(ModelObject program)
    {
        var lines = program.Texts.Select(text => Line().Match(text)).ToList();
        var own = lines.Where(line => line.Groups["set"].Success).Select(NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            var read = Name().Matches(line.Groups["rest"].Value).Select(name => name.Value);
            if (read.Any(name => own.Contains(name) && !known.Contains(name))) return true;
            if (line.Groups["set"].Success) known.Add(NameOf(line));
        }
        return false;
    }

    private static string NameOf(Match line) => line.Groups["set"].Value;

    [GeneratedRegex(@"^\s*(?:SET\s+(?<set>\w+)\s*=)?(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Name();
}
