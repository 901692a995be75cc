using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TestBed.Stacks;

/// <summary>A template's parameters: what is given, else their defaults, held against their constraints.</summary>
public sealed class StackParameters
{
    private readonly List<string> _refusals = [];

    public StackParameters(JsonObject declared, IReadOnlyDictionary<string, string> given)
    {
        _refusals.AddRange(given.Keys.Where(name => !declared.ContainsKey(name)).Select(name => $"Parameters: [{name}] do not exist"));
        Values = declared.ToDictionary(
            one => one.Key, one => given.GetValueOrDefault(one.Key) ?? Text(one.Value!["Default"]!), StringComparer.Ordinal);
        foreach (var (name, constraints) in declared)
            if (!IsAllowed(constraints!.AsObject(), Values[name])) _refusals.Add($"Parameter {name} cannot be '{Values[name]}'");
    }

    public IReadOnlyList<string> Refusals => _refusals;

    public IReadOnlyDictionary<string, string> Values { get; }

    private static bool IsAllowed(JsonObject constraints, string value)
    {
        if (constraints["AllowedValues"] is JsonArray values && !values.Any(one => Text(one!) == value)) return false;
        if (constraints["AllowedPattern"] is { } pattern && !Regex.IsMatch(value, $"^(?:{pattern.GetValue<string>()})$")) return false;
        if (constraints["Type"]!.GetValue<string>() != "Number") return true;
        return decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= Bound(constraints["MinValue"], decimal.MinValue)
            && number <= Bound(constraints["MaxValue"], decimal.MaxValue);
    }

    private static decimal Bound(JsonNode? bound, decimal otherwise) =>
        bound is null ? otherwise : decimal.Parse(Text(bound), CultureInfo.InvariantCulture);

    private static string Text(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
