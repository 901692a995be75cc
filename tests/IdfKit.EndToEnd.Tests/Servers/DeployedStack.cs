using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using TestBed;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>
/// The transformed template with parameters, as CloudFormation would create it: its conditions decided, its intrinsic functions
/// worked out. What the function may and what it is told come from here.
/// </summary>
/// <param name="template">The template.</param>
/// <param name="name">The stack's name.</param>
/// <param name="parameters">Those that are not the defaults.</param>
internal sealed class DeployedStack(TransformedTemplate template, string name, IReadOnlyDictionary<string, string> parameters)
{
    private const string Account = "123456789012", Region = "us-east-1", BucketSuffix = "-" + Account + "-" + Region;

    /// <summary>The name of the bucket that a stack of this name creates.</summary>
    public static string BucketOf(string stack) => stack + BucketSuffix;

    /// <summary>The name of the stack that creates this bucket; the name itself for any other one.</summary>
    public static string NameOf(string bucket) =>
        bucket.EndsWith(BucketSuffix, StringComparison.Ordinal) ? bucket[..^BucketSuffix.Length] : bucket;

    /// <summary>The names of the statements of the policy that the function and the jobs of Batch share.</summary>
    public IReadOnlyList<string> Statements => [.. PolicyStatements().Select(SidOf)];

    /// <summary>What the function is told.</summary>
    public IReadOnlyDictionary<string, string> FunctionVariables =>
        Resolve(template.Resource("Function").GetProperty("Environment").GetProperty("Variables"))!.AsObject()
            .Where(variable => variable.Value is not null)
            .ToDictionary(variable => variable.Key, variable => variable.Value!.GetValue<string>(), StringComparer.Ordinal);

    /// <summary>The policy as JSON, less one statement.</summary>
    public string Policy(string? without = null) => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray([.. PolicyStatements().Where(one => SidOf(one) != without).Select(one => one.DeepClone())]),
    }.ToJsonString();

    private IEnumerable<JsonNode> PolicyStatements() =>
        Resolve(template.Resource("ModelsAndResults").GetProperty("PolicyDocument").GetProperty("Statement"))!.AsArray()
            .Select(statement => statement!);

    private static string SidOf(JsonNode statement) => statement["Sid"]!.GetValue<string>();

    private bool Holds(string condition) => Decide(template.Transformed.GetProperty("Conditions").GetProperty(condition));

    private bool Decide(JsonElement condition)
    {
        var (function, argument) = condition.EnumerateObject().Select(only => (only.Name, only.Value)).Single();
        return function switch
        {
            "Condition" => Holds(argument.GetString()!),
            "Fn::Equals" => Text(argument[0]) == Text(argument[1]),
            "Fn::Not" => !Decide(argument[0]),
            "Fn::And" => argument.EnumerateArray().All(Decide),
            "Fn::Or" => argument.EnumerateArray().Any(Decide),
            _ => throw new InvalidOperationException($"A condition with {function} is not decided here."),
        };
    }

    private string Text(JsonElement value) => Resolve(value)!.GetValue<string>();

    private JsonNode? Resolve(JsonElement value) => value switch
    {
        { ValueKind: JsonValueKind.Object } when Function(value, "Fn::If") is { } choice =>
            Resolve(choice[Holds(choice[0].GetString()!) ? 1 : 2]),
        { ValueKind: JsonValueKind.Object } when Function(value, "Fn::Sub") is { } text => Substitute(text),
        { ValueKind: JsonValueKind.Object } when Function(value, "Fn::GetAtt") is { } of => $"arn:aws:sqs:{Region}:{Account}:{name}-{of[0]}",
        { ValueKind: JsonValueKind.Object } when Function(value, "Fn::Select") is { } chosen =>
            Resolve(chosen[1])![int.Parse(chosen[0].ToString(), System.Globalization.CultureInfo.InvariantCulture)]!.DeepClone(),
        { ValueKind: JsonValueKind.Object } when Function(value, "Fn::Split") is { } split =>
            new JsonArray([.. Text(split[1]).Split(split[0].GetString()).Select(part => JsonValue.Create(part))]),
        { ValueKind: JsonValueKind.Object } when Function(value, "Ref") is { } parameter =>
            parameter.GetString() == "AWS::NoValue" ? null : Parameter(parameter.GetString()!),
        { ValueKind: JsonValueKind.Object } =>
            new JsonObject(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Resolve(member.Value)))),
        { ValueKind: JsonValueKind.Array } => new JsonArray([.. value.EnumerateArray().Select(Resolve).Where(item => item is not null)]),
        _ => JsonNode.Parse(value.GetRawText()),
    };

    private JsonNode Substitute(JsonElement text)
    {
        var (pattern, own) = text.ValueKind == JsonValueKind.String ? (text.GetString()!, default) : (text[0].GetString()!, text[1]);
        return Regex.Replace(pattern, @"\$\{([^}]+)\}", match =>
            own.ValueKind == JsonValueKind.Object && own.TryGetProperty(match.Groups[1].Value, out var value)
                ? Text(value)
                : Parameter(match.Groups[1].Value))!;
    }

    private string Parameter(string parameter) => parameter switch
    {
        "AWS::Partition" => "aws",
        "AWS::AccountId" => Account,
        "AWS::Region" => Region,
        "AWS::StackName" => name,
        _ when parameters.TryGetValue(parameter, out var given) => given,
        _ => template.Transformed.GetProperty("Parameters").GetProperty(parameter).GetProperty("Default").ToString(),
    };

    private static JsonElement? Function(JsonElement value, string name) =>
        value.EnumerateObject().Count() == 1 && value.TryGetProperty(name, out var argument) ? argument : null;
}
