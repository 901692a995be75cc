using System.Text.Json;
using System.Text.Json.Nodes;
using IdfKit.Cli.Aws;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>The rules of EventBridge that take a bucket's new objects.</summary>
internal static class EventRules
{
    private const int MostPages = 20;

    /// <summary>The routes of the rules that are switched on, and what is to be said of the others and of what was not seen.</summary>
    public static async Task<(IReadOnlyList<EventRoute>? Routes, IReadOnlyList<Finding> Findings)> FindAsync(
        AwsClient aws, string bucket, CancellationToken cancellationToken)
    {
        var (routes, findings, token) = (new List<EventRoute>(), new List<Finding>(), (string?)null);
        for (var page = 0; page < MostPages; page++)
        {
            var question = new JsonObject { ["Limit"] = 100 };
            if (token is not null) question["NextToken"] = token;
            var answer = await aws.JsonAsync(AwsService.Events, "ListRules", question, cancellationToken);
            if (!answer.IsSuccess)
                return (null, [Seen.Not($"which rule of EventBridge takes the events of "
                    + $"{bucket}", answer, "events:ListRules")]);
            foreach (var rule in (answer.Json["Rules"] as JsonArray ?? []).OfType<JsonObject>())
            {
                if (PrefixesIn(rule, bucket) is not { } prefixes) continue;
                var name = $"{rule["Name"]}";
                if ($"{rule["State"]}" == "DISABLED")
                    findings.Add(Finding.Warning($"the rule {name} of EventBridge is switched off; 'aws events enable-rule --name "
                        + $"{name}'"));
                else routes.AddRange(await TargetsOfAsync(aws, name, prefixes, findings, cancellationToken));
            }
            token = answer.Json["NextToken"]?.ToString();
            if (token is null) break;
        }
        return (routes, findings);
    }

    private static async Task<IEnumerable<EventRoute>> TargetsOfAsync(
        AwsClient aws, string rule, IReadOnlyList<string> prefixes, List<Finding> findings, CancellationToken cancellationToken)
    {
        var answer = await aws.JsonAsync(AwsService.Events, "ListTargetsByRule", new JsonObject { ["Rule"] = rule }, cancellationToken);
        if (!answer.IsSuccess)
        {
            findings.Add(Seen.Not($"where the rule {rule} of EventBridge sends its events", answer, "events:ListTargetsByRule on it"));
            return [];
        }
        return (answer.Json["Targets"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(target => prefixes
            .Select(prefix => new EventRoute($"the rule {rule} of EventBridge", $"{target["Arn"]}", ["s3:ObjectCreated:*"], prefix, "")));
    }

    /// <summary>The key prefixes that a rule takes of a bucket's new objects; null when it takes none.</summary>
    private static List<string>? PrefixesIn(JsonObject rule, string bucket)
    {
        if (PatternOf(rule) is not { } pattern || !Names(pattern["source"]).Contains("aws.s3")) return null;
        if (pattern["detail-type"] is { } types && !Names(types).Contains("Object Created")) return null;
        var detail = pattern["detail"] as JsonObject;
        if (detail?["bucket"] is JsonObject of && of["name"] is { } names && !Names(names).Contains(bucket)) return null;
        if ((detail?["object"] as JsonObject)?["key"] is not JsonArray keys) return [""];
        return [.. keys.OfType<JsonObject>().Select(key => key["prefix"]).OfType<JsonValue>().Select(prefix => prefix.ToString())];
    }

    private static JsonObject? PatternOf(JsonObject rule)
    {
        if (rule["EventPattern"] is not JsonValue text) return null;
        try { return JsonNode.Parse(text.ToString()) as JsonObject; }
        catch (JsonException) { return null; }
    }

    private static IEnumerable<string> Names(JsonNode? list) =>
        (list as JsonArray ?? []).OfType<JsonValue>().Select(name => name.ToString());
}
