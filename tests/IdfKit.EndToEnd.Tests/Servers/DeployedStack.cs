using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using TestBed;
using TestBed.Stacks;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>
/// The template with parameters as CloudFormation would create it, with the names of what it makes: what the function may and what
/// it is told come from here.
/// </summary>
/// <param name="template">The template.</param>
/// <param name="name">The stack's name.</param>
/// <param name="parameters">Those that are not the defaults.</param>
internal sealed class DeployedStack(TransformedTemplate template, string name, IReadOnlyDictionary<string, string> parameters)
{
    private const string Account = "123456789012", Region = "us-east-1", BucketSuffix = "-" + Account + "-" + Region;

    private readonly Lazy<StackPlan> _plan = new(() => new(template.Transformed, parameters));

    /// <summary>The name of the bucket that a stack of this name creates.</summary>
    public static string BucketOf(string stack) => stack + BucketSuffix;

    /// <summary>The name of the stack that creates this bucket; the name itself for any other one.</summary>
    public static string NameOf(string bucket) =>
        bucket.EndsWith(BucketSuffix, StringComparison.Ordinal) ? bucket[..^BucketSuffix.Length] : bucket;

    /// <summary>The names of the statements of the policy that the function and the jobs of Batch share.</summary>
    public IReadOnlyList<string> Statements => [.. PolicyStatements().Select(SidOf)];

    /// <summary>What the function is told.</summary>
    public IReadOnlyDictionary<string, string> FunctionVariables =>
        Resolved(PropertiesOf("Function")["Environment"]!["Variables"]!).AsObject().ToDictionary(
            variable => variable.Key, variable => variable.Value!.GetValue<string>(), StringComparer.Ordinal);

    /// <summary>The policy as JSON, less one statement.</summary>
    public string Policy(string? without = null) => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray([.. PolicyStatements().Where(one => SidOf(one) != without).Select(one => one.DeepClone())]),
    }.ToJsonString();

    private IEnumerable<JsonNode> PolicyStatements()
    {
        Assert.Empty(_plan.Value.Refusals);
        var statements = Resolved(PropertiesOf("ModelsAndResults")["PolicyDocument"]!["Statement"]!);
        return statements.AsArray().Select(statement => statement!);
    }

    private static string SidOf(JsonNode statement) => statement["Sid"]!.GetValue<string>();

    private JsonNode PropertiesOf(string resource) => _plan.Value.Resources[resource]!["Properties"]!;

    /// <summary>The value with every function in it worked out.</summary>
    private JsonNode Resolved(JsonNode value)
    {
        if (value is JsonArray list) return new JsonArray([.. list.Select(item => Resolved(item!))]);
        if (value is not JsonObject members) return value.DeepClone();
        if (members.Count == 1 && members.Single() is var (function, argument))
        {
            if (function == "Ref") return Parameter(argument!.GetValue<string>());
            if (function == "Fn::Sub") return Substituted(argument!);
            if (function == "Fn::Select") return Selected(argument!);
            if (function == "Fn::Split")
                return new JsonArray([.. $"{Resolved(argument![1]!)}".Split($"{argument[0]}").Select(part => (JsonNode?)part)]);
            if (function == "Fn::GetAtt") return $"arn:aws:sqs:{Region}:{Account}:{name}-{argument![0]}"; // only of queues here
        }
        return new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Resolved(member.Value!))));
    }

    private JsonNode Selected(JsonNode argument) =>
        Resolved(argument[1]!)[int.Parse($"{argument[0]}", CultureInfo.InvariantCulture)]!.DeepClone();

    private string Substituted(JsonNode argument)
    {
        var (pattern, own) = argument is JsonArray pair ? (pair[0]!, pair[1]) : (argument, null);
        return Regex.Replace(pattern.GetValue<string>(), @"\$\{([^}]+)\}", match => own?[match.Groups[1].Value] is { } value
            ? Resolved(value).GetValue<string>()
            : Parameter(match.Groups[1].Value));
    }

    private string Parameter(string parameter) => parameter switch
    {
        "AWS::Partition" => "aws",
        "AWS::AccountId" => Account,
        "AWS::Region" => Region,
        "AWS::StackName" => name,
        _ => _plan.Value.Parameters[parameter],
    };
}
