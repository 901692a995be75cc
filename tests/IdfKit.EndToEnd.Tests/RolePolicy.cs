using TestBed;
using System.Text.Json;
using System.Text.Json.Nodes;


namespace IdfKit.EndToEnd.Tests;

/// <summary>
/// The policy that the function and the jobs of Batch share, out of the transformed template, with its intrinsic
/// functions worked out for one bucket.
/// </summary>
internal sealed class RolePolicy(TransformedTemplate template, string bucket)
{
    private static readonly Dictionary<string, bool> Conditions = new(StringComparer.Ordinal)
    {
        ["CreatesBucket"] = false, ["HasOutputBucket"] = false, ["HasWeather"] = false, ["HasKmsKey"] = false,
        ["HasResultCache"] = false,
    };

    /// <summary>The names of its statements.</summary>
    public IReadOnlyList<string> Statements => [.. Resolved().Select(statement => statement["Sid"]!.GetValue<string>())];

    /// <summary>The policy as JSON, less one statement.</summary>
    public string Without(string? statement) => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray([.. Resolved().Where(one => one["Sid"]!.GetValue<string>() != statement)
            .Select(one => one.DeepClone())]),
    }.ToJsonString();

    private IEnumerable<JsonNode> Resolved() =>
        Resolve(template.Resource("ModelsAndResults").GetProperty("PolicyDocument").GetProperty("Statement"))!.AsArray()
            .Select(statement => statement!);

    private JsonNode? Resolve(JsonElement value) => value switch
    {
        { ValueKind: JsonValueKind.Object } when Function(value, "Fn::If") is { } choice =>
            Resolve(choice[Conditions[choice[0].GetString()!] ? 1 : 2]),
        { ValueKind: JsonValueKind.Object } when Function(value, "Fn::Sub") is { } text => Substitute(text),
        { ValueKind: JsonValueKind.Object } when Function(value, "Ref") is { } name =>
            name.GetString() == "AWS::NoValue" ? null : Parameter(name.GetString()!),
        { ValueKind: JsonValueKind.Object } =>
            new JsonObject(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Resolve(member.Value)))),
        { ValueKind: JsonValueKind.Array } => new JsonArray([.. value.EnumerateArray().Select(Resolve).Where(item => item is not null)]),
        _ => JsonNode.Parse(value.GetRawText()),
    };

    private JsonNode Substitute(JsonElement text)
    {
        var (pattern, own) = text.ValueKind == JsonValueKind.String ? (text.GetString()!, default) : (text[0].GetString()!, text[1]);
        return System.Text.RegularExpressions.Regex.Replace(pattern, @"\$\{([^}]+)\}", match =>
            own.ValueKind == JsonValueKind.Object && own.TryGetProperty(match.Groups[1].Value, out var value)
                ? Resolve(value)!.GetValue<string>()
                : Parameter(match.Groups[1].Value))!;
    }

    private string Parameter(string name) => name switch
    {
        "AWS::Partition" => "aws",
        "ExistingBucket" => bucket,
        _ => template.Transformed.GetProperty("Parameters").GetProperty(name).GetProperty("Default").GetString()!,
    };

    private static JsonElement? Function(JsonElement value, string name) =>
        value.EnumerateObject().Count() == 1 && value.TryGetProperty(name, out var argument) ? argument : null;
}
