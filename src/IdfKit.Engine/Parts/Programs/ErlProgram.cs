using System.Text.RegularExpressions;

namespace IdfKit.Engine.Parts.Programs;

/// <summary>The lines of a program of the energy management system, followed along all its paths.</summary>
/// <param name="Source">The program.</param>
/// <param name="Lines">What each line sets, runs or begins, and what it reads.</param>
internal sealed partial record ErlProgram(ModelObject Source, IReadOnlyList<ErlLine> Lines)
{
    private static readonly string[] Classes = ["EnergyManagementSystem:Program", "EnergyManagementSystem:Subroutine"];

    /// <summary>All programs of a model, with those that programs call.</summary>
    public static IEnumerable<ModelObject> In(Model model) => Classes.SelectMany(model.ObjectsOf);

    public static ErlProgram Of(ModelObject program, ModelFormat format) =>
        new(program, [.. program.Texts.Skip(format is ModelFormat.Idf ? 1 : 0).Select(LineOf)]);

    /// <summary>Whether a line sets, or runs, one of these.</summary>
    public bool Sets(HashSet<string> names) => Lines.Any(line => names.Contains(line.Sets));

    /// <summary>Whether it reads what it sets, or what any program acts on, before it has set it.</summary>
    /// <param name="acting">Actuators, and programs that set one.</param>
    /// <param name="sensors">Sensors: EnergyPlus gives them their values anew before each call, whatever a program has set.</param>
    public bool ReadsFirst(HashSet<string> acting, HashSet<string> sensors)
    {
        var kept = Lines.Select(line => line.Sets).Where(name => name.Length > 0 && !sensors.Contains(name)).Union(acting)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var paths = new ErlPaths();
        foreach (var line in Lines)
        {
            paths.Leave(line.Word);
            if (line.Reads.Any(name => kept.Contains(name) && !paths.HasSet(name))) return true;
            paths.Follow(line);
        }
        return false;
    }

    /// <summary>Whether it sets one of these on some of its paths alone.</summary>
    public bool SetsAtTimes(HashSet<string> acting)
    {
        var paths = new ErlPaths();
        foreach (var line in Lines)
        {
            paths.Leave(line.Word);
            paths.Follow(line);
        }
        paths.Return();
        return Lines.Any(line => acting.Contains(line.Sets) && !paths.AllSet(line.Sets));
    }

    private static ErlLine LineOf(string text)
    {
        var line = Line().Match(text);
        var (word, rest) = (line.Groups["word"].Value.ToUpperInvariant(), line.Groups["rest"].Value);
        return word is "RUN"
            ? new(word, rest.Trim(), [])
            : new(word, line.Groups["set"].Value, [.. Name().Matches(rest).Select(name => name.Value)]);
    }

    [GeneratedRegex(@"^\s*(?:SET\s+(?<set>\w+)\s*=|(?<word>[A-Z]+)\b)?(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Name();
}
