using System.Text.RegularExpressions;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Finds programs of the energy management system that read a variable of their own before they set it: EnergyPlus keeps it from one call
/// to the next, so that it may count what has gone before (<c>SET Hours = Hours + 1</c>). What is set under a condition is set only there.
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
        var known = new Stack<HashSet<string>>([new(StringComparer.OrdinalIgnoreCase)]);
        foreach (var line in lines)
        {
            var word = line.Groups["word"].Value.ToUpperInvariant();
            if (word is "ELSE" or "ELSEIF" or "ENDIF" or "ENDWHILE" && known.Count > 1) known.Pop();
            var read = Name().Matches(line.Groups["rest"].Value).Select(name => name.Value);
            if (read.Any(name => own.Contains(name) && !known.Peek().Contains(name))) return true;
            if (line.Groups["set"].Success) known.Peek().Add(NameOf(line));
            if (word is "IF" or "ELSE" or "ELSEIF" or "WHILE") known.Push(new(known.Peek(), StringComparer.OrdinalIgnoreCase));
        }
        return false;
    }

    private static string NameOf(Match line) => line.Groups["set"].Value;

    [GeneratedRegex(@"^\s*(?:SET\s+(?<set>\w+)\s*=|(?<word>[A-Z]+)\b)?(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Name();
}
