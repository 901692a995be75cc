using TestBed.Stacks;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IdfKit.Deployment.Tests.Stacks;

/// <summary>Which resources the parts of a decided template refer to: CloudFormation refuses what is not there, and circles.</summary>
internal static class StackReferences
{
    /// <summary>Names that are referred to and are neither parameter, resource nor pseudo parameter.</summary>
    public static IReadOnlyList<string> Dangling(StackPlan plan) =>
    [
        .. Of(plan.Template["Resources"]!)
            .Concat(plan.Template["Outputs"] is { } outputs ? Of(outputs) : [])
            .Where(name => !name.StartsWith("AWS::", StringComparison.Ordinal))
            .Where(name => !plan.Parameters.ContainsKey(name) && !plan.Resources.ContainsKey(name))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The first circle of resources that wait for each other, as their names; empty when there is none.</summary>
    public static IReadOnlyList<string> Circle(StackPlan plan)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in plan.Resources)
            if (From(name, []) is { Count: > 0 } circle) return circle;
        return [];

        IReadOnlyList<string> From(string name, IReadOnlyList<string> way)
        {
            if (way.Contains(name)) return [.. way, name];
            if (done.Contains(name)) return [];
            foreach (var next in Of(plan.Resources[name]!).Where(plan.Resources.ContainsKey))
                if (From(next, [.. way, name]) is { Count: > 0 } circle) return circle;
            done.Add(name);
            return [];
        }
    }

    private static IEnumerable<string> Of(JsonNode node)
    {
        if (node is JsonArray list) return list.SelectMany(item => Of(item!));
        if (node is not JsonObject members) return [];
        return members.SelectMany(member => member.Key switch
        {
            "Ref" => [member.Value!.GetValue<string>()],
            "Fn::GetAtt" => [member.Value is JsonArray path ? path[0]!.GetValue<string>() : member.Value!.GetValue<string>().Split('.')[0]],
            "Fn::Sub" when member.Value is JsonValue text => InText(text.GetValue<string>()),
            "Fn::Sub" => InText(member.Value![0]!.GetValue<string>())
                .Where(name => !member.Value[1]!.AsObject().ContainsKey(name))
                .Concat(Of(member.Value[1]!)),
            "DependsOn" when member.Value is JsonArray several => several.Select(one => one!.GetValue<string>()),
            "DependsOn" => [member.Value!.GetValue<string>()],
            _ => Of(member.Value!),
        });
    }

    private static IEnumerable<string> InText(string text) =>
        Regex.Matches(text, @"\$\{([^!}.]+)[^}]*\}").Select(match => match.Groups[1].Value);
}
