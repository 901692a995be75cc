using System.Xml.Linq;
using IdfKit.Cli.Aws;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>What CloudFormation says of a stack. Empty where it could not be asked.</summary>
internal sealed class StackView(string name)
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal), _outputs = new(StringComparer.Ordinal),
        _resources = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary>As the template names it, with or without CloudFormation's word.</summary>
    public string FunctionName => Output("FunctionName") ?? Resource("Function") ?? name;

    public string? Parameter(string parameter) => _parameters.GetValueOrDefault(parameter);

    public string? Output(string output) => _outputs.GetValueOrDefault(output);

    /// <summary>A resource's physical name, by the template's own.</summary>
    public string? Resource(string resource) => _resources.GetValueOrDefault(resource);

    public IEnumerable<string> ResourcesThatEndWith(string ending) =>
        _resources.Where(pair => pair.Key.EndsWith(ending, StringComparison.Ordinal)).Select(pair => pair.Value);

    /// <returns>What was found; the last is a problem when there is no such stack.</returns>
    public async Task<(bool IsThere, IReadOnlyList<Finding> Findings)> ReadAsync(AwsClient aws, CancellationToken cancellationToken)
    {
        var answer = await aws.FormAsync(AwsService.CloudFormation, "DescribeStacks", [("StackName", name)], cancellationToken);
        if (!answer.IsSuccess) return Unknown(answer, aws.Account.Region);
        var stack = answer.Xml.Descendants("Stacks").Elements("member").FirstOrDefault();
        if (stack is null) return (false, [Finding.Problem(Absent(aws.Account.Region))]);
        Fill(_parameters, stack.Element("Parameters"), "ParameterKey", "ParameterValue");
        Fill(_outputs, stack.Element("Outputs"), "OutputKey", "OutputValue");
        var status = AboutStatus(stack);
        var resources = await aws.FormAsync(AwsService.CloudFormation, "DescribeStackResources", [("StackName", name)], cancellationToken);
        if (!resources.IsSuccess)
            return (true, [status, Seen.Not("what belongs to the stack", resources, "cloudformation:DescribeStackResources on it")]);
        Fill(_resources, resources.Xml.Descendants("StackResources").FirstOrDefault(), "LogicalResourceId", "PhysicalResourceId");
        return (true, [status]);
    }

    private (bool, IReadOnlyList<Finding>) Unknown(AwsAnswer answer, string region)
    {
        if (answer.Code == "ValidationError" && answer.Message.Contains("does not exist", StringComparison.Ordinal))
            return (false, [Finding.Problem(Absent(region))]);
        return Seen.Hopeless(answer) is { } hopeless
            ? (false, [hopeless])
            : (true, [Seen.Not($"the stack {name}", answer, "cloudformation:DescribeStacks on it")]);
    }

    private string Absent(string region) =>
        $"there is no stack {name} in {region}; 'aws cloudformation list-stacks' names those of a region, and AWS_REGION chooses another";

    private Finding AboutStatus(XElement stack)
    {
        var status = stack.Element("StackStatus")?.Value ?? "";
        var text = $"the stack {name} is {status}";
        if (status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal)) return Finding.Warning($"{text}; look again when it is done");
        if (status == "UPDATE_ROLLBACK_COMPLETE")
            return Finding.Warning($"{text}: the last deployment failed and the one before holds; 'aws cloudformation "
                + "describe-stack-events' says why");
        return status.Contains("ROLLBACK", StringComparison.Ordinal) || status.EndsWith("FAILED", StringComparison.Ordinal)
            ? Finding.Problem($"{text}; 'aws cloudformation describe-stack-events --stack-name {name}' says why")
            : Finding.Good(text);
    }

    private static void Fill(Dictionary<string, string> into, XElement? list, string key, string value)
    {
        foreach (var member in list?.Elements("member") ?? [])
            if (member.Element(key)?.Value is { Length: > 0 } named) into[named] = member.Element(value)?.Value ?? "";
    }
}
