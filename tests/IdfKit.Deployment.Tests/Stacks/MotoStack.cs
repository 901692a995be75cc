using TestBed.Stacks;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace IdfKit.Deployment.Tests.Stacks;

/// <summary>
/// A stack that moto has made. moto's CloudFormation knows no policies of buckets and queues: it is asked what their properties come to, by
/// an output of the test's own, and they are put through S3 and SQS.
/// </summary>
internal sealed class MotoStack
{
    private static readonly string[] PutByTheTest = ["AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy"];

    /// <summary>Types that moto's CloudFormation passes over; what they hold is seen in the plan alone.</summary>
    private static readonly string[] PassedOver =
        [.. PutByTheTest, "AWS::Lambda::EventInvokeConfig", "AWS::CloudWatch::Alarm"];

    private readonly MotoCloud _cloud;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _outputs = new(StringComparer.Ordinal);

    private MotoStack(MotoCloud cloud, string name) => (_cloud, Name) = (cloud, name);

    public string Name { get; }

    /// <summary>What CloudFormation calls the resources that were made, by their names in the template.</summary>
    public IReadOnlyDictionary<string, string> Ids => _ids;

    public IReadOnlyDictionary<string, string> Outputs => _outputs;

    public static async Task<MotoStack> CreateAsync(MotoCloud cloud, string name, StackPlan plan)
    {
        var template = plan.Template.DeepClone().AsObject();
        var outputs = template[nameof(Outputs)]!.AsObject();
        foreach (var (resource, definition) in plan.Resources)
            if (PutByTheTest.Contains(TypeOf(definition)))
                outputs["Properties" + resource] = Output(new JsonObject { ["Fn::ToJsonString"] = definition!["Properties"]!.DeepClone() });

        // AWS has a role of its own for Batch; moto wants one named.
        if (template[nameof(plan.Resources)]!["Compute"] is { } compute)
            compute["Properties"]!["ServiceRole"] = new JsonObject { ["Fn::GetAtt"] = new JsonArray("JobRole", "Arn") };

        List<(string, string)> arguments = [("StackName", name), ("TemplateBody", template.ToJsonString())];
        foreach (var (index, parameter) in plan.Parameters.Index())
        {
            arguments.Add(($"Parameters.member.{index + 1}.ParameterKey", parameter.Key));
            arguments.Add(($"Parameters.member.{index + 1}.ParameterValue", parameter.Value));
        }
        await cloud.QueryAsync("cloudformation", "CreateStack", [.. arguments]);
        var stack = new MotoStack(cloud, name);
        await stack.ReadAsync();
        await stack.PutPoliciesAsync(plan);
        var missing = plan.Resources.Where(one => !PassedOver.Contains(TypeOf(one.Value)) && !stack.Ids.ContainsKey(one.Key));
        Assert.Empty(missing.Select(one => one.Key));
        return stack;
    }

    private static JsonObject Output(JsonNode value) => new() { ["Value"] = value };

    private static string TypeOf(JsonNode? resource) => resource!["Type"]!.GetValue<string>();

    private async Task ReadAsync()
    {
        var stack = await _cloud.QueryAsync("cloudformation", "DescribeStacks", ("StackName", Name));
        Assert.Equal("CREATE_COMPLETE", stack.Descendants("StackStatus").Single().Value);
        foreach (var output in stack.Descendants("Outputs").Elements("member"))
            _outputs[output.Element("OutputKey")!.Value] =
                output.Element("OutputValue")?.Value ?? throw new InvalidOperationException($"moto gives no value: {output}");
        var resources = await _cloud.QueryAsync("cloudformation", "DescribeStackResources", ("StackName", Name));
        foreach (var resource in resources.Descendants("StackResources").Elements("member"))
            if (resource.Element("LogicalResourceId") is { } id) // without one: a type that moto passes over
                _ids[id.Value] = resource.Element("PhysicalResourceId")?.Value ?? "";
    }

    private async Task PutPoliciesAsync(StackPlan plan)
    {
        foreach (var (resource, definition) in plan.Resources.Where(one => PutByTheTest.Contains(TypeOf(one.Value))))
        {
            var properties = JsonNode.Parse(_outputs["Properties" + resource])!;
            var document = properties["PolicyDocument"]!.ToJsonString();
            if (TypeOf(definition) == "AWS::S3::BucketPolicy")
            {
                var policy = new StringContent(document);
                await _cloud.SendAsync("s3", HttpMethod.Put, $"/{properties["Bucket"]!.GetValue<string>()}?policy", policy);
                continue;
            }
            foreach (var queue in properties["Queues"]!.AsArray())
                await _cloud.QueryAsync(
                    "sqs", "SetQueueAttributes", ("QueueUrl", queue!.GetValue<string>()), ("Attribute.1.Name", "Policy"),
                    ("Attribute.1.Value", document));
        }
    }
}
