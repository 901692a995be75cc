using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace TestBed.Stacks;

/// <summary>
/// A template with parameters, decided as CloudFormation does it before it makes anything: first the constraints of the
/// parameters, then the rules, then the conditions.
/// </summary>
public sealed class StackPlan
{
    private static readonly JsonNode NoValue = new JsonObject { ["Ref"] = "AWS::NoValue" };

    private readonly JsonObject _template;
    private readonly StackParameters _parameters;
    private readonly Dictionary<string, bool> _conditions = new(StringComparer.Ordinal);

    /// <param name="template">As AWS's translator has made it.</param>
    /// <param name="given">The parameters that are not left at their default.</param>
    public StackPlan(JsonElement template, IReadOnlyDictionary<string, string> given)
    {
        _template = JsonNode.Parse(template.GetRawText())!.AsObject();
        _parameters = new StackParameters(_template[nameof(Parameters)]!.AsObject(), given);
        Refusals = _parameters.Refusals.Count > 0 ? _parameters.Refusals : [.. BrokenRules()];
        Template = Refusals.Count > 0 ? [] : Decided();
    }

    /// <summary>Why CloudFormation makes nothing; empty when it would begin.</summary>
    public IReadOnlyList<string> Refusals { get; }

    /// <summary>The template without rules, conditions and whatever they leave out.</summary>
    public JsonObject Template { get; }

    public JsonObject Resources => Template[nameof(Resources)]!.AsObject();

    public IReadOnlyDictionary<string, string> Parameters => _parameters.Values;

    private IEnumerable<string> BrokenRules()
    {
        foreach (var (_, rule) in _template["Rules"]!.AsObject())
        {
            if (rule!["RuleCondition"] is { } condition && !Holds(condition)) continue;
            foreach (var assertion in rule["Assertions"]!.AsArray())
                if (!Holds(assertion!["Assert"]!)) yield return assertion["AssertDescription"]!.GetValue<string>();
        }
    }

    private bool Holds(JsonNode test)
    {
        var (name, argument) = test.AsObject().Single();
        return name switch
        {
            "Condition" => HoldsByName(argument!.GetValue<string>()),
            "Fn::Not" => !Holds(argument![0]!),
            "Fn::And" => Several(argument!).All(Holds),
            "Fn::Or" => Several(argument!).Any(Holds),
            "Fn::Equals" => Text(argument![0]!) == Text(argument[1]!),
            "Fn::Contains" => argument![0]!.AsArray().Any(one => Text(one!) == Text(argument[1]!)),
            _ => throw new NotSupportedException($"CloudFormation knows no {name} in a rule or condition."),
        };
    }

    private bool HoldsByName(string name)
    {
        if (_conditions.TryGetValue(name, out var known)) return known;
        return _conditions[name] = Holds(_template["Conditions"]![name]!);
    }

    /// <summary>The tests of an Fn::And or Fn::Or, of which CloudFormation takes two to ten.</summary>
    private static JsonNode[] Several(JsonNode tests)
    {
        Assert.InRange(tests.AsArray().Count, 2, 10);
        return [.. tests.AsArray().Select(test => test!)];
    }

    private string Text(JsonNode value) => value is JsonObject reference
        ? _parameters.Values[reference["Ref"]!.GetValue<string>()]
        : value.AsValue().GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private JsonObject Decided()
    {
        var decided = new JsonObject();
        foreach (var (name, part) in _template)
        {
            if (name is "Rules" or "Conditions") continue;
            decided[name] = name is "Resources" or "Outputs" ? Present(part!.AsObject()) : part!.DeepClone();
        }
        return decided;
    }

    private JsonObject Present(JsonObject entries)
    {
        var present = new JsonObject();
        foreach (var (name, entry) in entries)
        {
            if (entry!["Condition"] is { } condition && !HoldsByName(condition.GetValue<string>())) continue;
            var kept = Chosen(entry)!.AsObject();
            kept.Remove("Condition");
            present[name] = kept;
        }
        return present;
    }

    /// <summary>The same without Fn::If; null for no value.</summary>
    private JsonNode? Chosen(JsonNode? value)
    {
        if (value is null || JsonNode.DeepEquals(value, NoValue)) return null;
        if (value is JsonArray list) return new JsonArray([.. list.Select(Chosen).Where(item => item is not null)]);
        if (value is not JsonObject members) return value.DeepClone();
        if (members["Fn::If"] is JsonArray choice) return Chosen(choice[HoldsByName(choice[0]!.GetValue<string>()) ? 1 : 2]);
        if (members["Fn::FindInMap"] is JsonArray way)
            return _template["Mappings"]![Text(way[0]!)]![Text(way[1]!)]![Text(way[2]!)]!.DeepClone();
        var kept = new JsonObject();
        foreach (var (name, member) in members)
            if (name == "Condition" && member is JsonObject) kept[name] = Chosen(member);
            else if (Chosen(member) is { } chosen) kept[name] = chosen;
        return kept;
    }
}
