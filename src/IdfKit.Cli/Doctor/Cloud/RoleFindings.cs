using System.Xml.Linq;
using Amazon.Runtime;
using IdfKit.Cli.Aws;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>What the function's role may do: by IAM's simulation, and by being it where its trust policy lets one.</summary>
internal sealed class RoleFindings(AwsClient aws, string role, Place place, string? kmsKey)
{
    private readonly string _partition = role.Split(':') is { Length: > 1 } parts ? parts[1] : "aws";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var (simulated, whyNot) = await SimulateAsync(cancellationToken);
        var assumed = await aws.FormAsync(AwsService.Sts, "AssumeRole",
            [("RoleArn", role), ("RoleSessionName", "idfkit-doctor"), ("DurationSeconds", "900")], cancellationToken);
        List<Finding> findings = [.. simulated];
        if (assumed.IsSuccess && KeysIn(assumed) is { } keys)
            findings.Add(await AbsentObject.AskAsync(
                aws.As(aws.Account.With(keys)), place, "the function's role", isRole: true, cancellationToken));
        else if (whyNot is not null)
            findings.Add(Seen.Not("what the function's role may do, and what an absent object answers to it", whyNot,
                $"iam:SimulatePrincipalPolicy on {role}, or sts:AssumeRole on it, which its trust policy gives to Lambda alone"));
        return findings;
    }

    private async Task<(IReadOnlyList<Finding> Findings, AwsAnswer? WhyNot)> SimulateAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var need in Needs())
        {
            IEnumerable<(string, string)> fields = [("PolicySourceArn", role), ("ResourceArns.member.1", need.Resource),
                .. need.Actions.Select((action, index) => ($"ActionNames.member.{index + 1}", action))];
            if (need.Prefix is not null)
                fields = [.. fields, ("ContextEntries.member.1.ContextKeyName", "s3:prefix"),
                    ("ContextEntries.member.1.ContextKeyType", "string"),
                    ("ContextEntries.member.1.ContextKeyValues.member.1", need.Prefix)];
            var answer = await aws.FormAsync(AwsService.Iam, "SimulatePrincipalPolicy", fields, cancellationToken);
            if (!answer.IsSuccess) return ([], answer);
            findings.AddRange(answer.Xml.Descendants("EvaluationResults").Elements("member")
                .Where(result => result.Element("EvalDecision")?.Value != "allowed")
                .Select(result => Finding.Problem(Forbidden(result.Element("EvalActionName")?.Value ?? "", need))));
        }
        return findings.Count > 0 ? (findings, null) : ([Finding.Good(
            "the function's role may do what a run needs, "
                + "by IAM's simulation (which does not count the policies of buckets and keys)")], null);
    }

    private static string Forbidden(string action, Need need) => action == "s3:ListBucket"
        ? $"the function's role may not {action} below {need.Prefix} of {need.Resource}, so an object that is not there answers "
            + "AccessDenied to it; allow it"
        : $"the function's role may not {action} on {need.Resource}; allow it, or deploy the template's role again";

    private IEnumerable<Need> Needs()
    {
        var (inputs, outputs) = ($"arn:{_partition}:s3:::{place.Bucket}", $"arn:{_partition}:s3:::{place.OutputBucket}");
        yield return new Need(["s3:GetObject"], $"{inputs}/{place.InputPrefix}office.idf", null);
        yield return new Need(["s3:ListBucket"], inputs, place.InputPrefix);
        yield return new Need(["s3:GetObject", "s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject", "s3:AbortMultipartUpload"],
            $"{outputs}/{place.OutputPrefix}office/run.json", null);
        yield return new Need(["s3:ListBucket"], outputs, place.OutputPrefix);
        if (kmsKey is not null) yield return new Need(["kms:Decrypt", "kms:GenerateDataKey"], kmsKey, null);
    }

    private static ImmutableCredentials? KeysIn(AwsAnswer answer)
    {
        var given = answer.Xml.Descendants("Credentials").FirstOrDefault();
        return given?.Element("AccessKeyId")?.Value is { } id && given.Element("SecretAccessKey")?.Value is { } secret
            ? new ImmutableCredentials(id, secret, given.Element("SessionToken")?.Value)
            : null;
    }

    private sealed record Need(IReadOnlyList<string> Actions, string Resource, string? Prefix);
}
