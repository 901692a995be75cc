using System.Text.RegularExpressions;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Finds in the energy management system what may remember: a program that reads a variable of its own, or what any program actuates,
/// before it sets it (EnergyPlus keeps both from one call to the next, so that <c>SET Hours = Hours + 1</c> counts), and a sensor of
/// what is actuated. What is set under a condition is set only there.
/// </summary>
internal static partial class ErlMemory
{
    private static readonly string[] Classes = ["EnergyManagementSystem:Program", "EnergyManagementSystem:Subroutine"];
    private static readonly string[] Outputs = ["EnergyManagementSystem:OutputVariable", "EnergyManagementSystem:MeteredOutputVariable"];

    /// <returns>The first such object; null where there is none.</returns>
    public static ModelObject? Of(Model model)
    {
        var actuators = model.ObjectsOf("EnergyManagementSystem:Actuator");
        var names = actuators.Select(actuator => actuator.Name?.Trim() ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Classes.SelectMany(model.ObjectsOf).FirstOrDefault(program => Remembers(program, names))
            ?? SensorOfActuated(model, actuators);
    }

    private static bool Remembers(ModelObject program, HashSet<string> actuators)
    {
        var lines = program.Texts.Select(text => Line().Match(text)).ToList();
        var kept = lines.Where(line => line.Groups["set"].Success).Select(NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        kept.UnionWith(actuators);
        var known = new Stack<HashSet<string>>([new(StringComparer.OrdinalIgnoreCase)]);
        foreach (var line in lines)
        {
            var word = line.Groups["word"].Value.ToUpperInvariant();
            if (word is "ELSE" or "ELSEIF" or "ENDIF" or "ENDWHILE" && known.Count > 1) known.Pop();
            var read = Name().Matches(line.Groups["rest"].Value).Select(name => name.Value);
            if (read.Any(name => kept.Contains(name) && !known.Peek().Contains(name))) return true;
            if (line.Groups["set"].Success) known.Peek().Add(NameOf(line));
            if (word is "IF" or "ELSE" or "ELSEIF" or "WHILE") known.Push(new(known.Peek(), StringComparer.OrdinalIgnoreCase));
        }
        return false;
    }

    /// <summary>A sensor that tells a program in the next step what a program has set in this one.</summary>
    private static ModelObject? SensorOfActuated(Model model, IReadOnlyList<ModelObject> actuators)
    {
        var actuated = Texts(actuators, 1, "actuated_component_unique_name");
        var reported = Texts(Outputs.SelectMany(model.ObjectsOf), 0, "name");
        return model.ObjectsOf("EnergyManagementSystem:Sensor").FirstOrDefault(sensor =>
            sensor.Field(2, "output_variable_or_output_meter_name")?.Trim() is { } variable
            && (reported.Contains(variable) || (IsOfControl(variable)
                && actuated.Contains(sensor.Field(1, "output_variable_or_output_meter_index_key_name")?.Trim() ?? ""))));
    }

    private static bool IsOfControl(string variable) => variable.Contains("Setpoint", StringComparison.OrdinalIgnoreCase)
        || variable.Equals("Schedule Value", StringComparison.OrdinalIgnoreCase);

    private static HashSet<string> Texts(IEnumerable<ModelObject> items, int field, string key) =>
        items.Select(item => (field == 0 ? item.Name : item.Field(field, key))?.Trim() ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string NameOf(Match line) => line.Groups["set"].Value;

    [GeneratedRegex(@"^\s*(?:SET\s+(?<set>\w+)\s*=|(?<word>[A-Z]+)\b)?(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Name();
}
