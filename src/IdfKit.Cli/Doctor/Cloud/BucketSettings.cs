using System.Text.Json.Nodes;
using System.Xml.Linq;
using IdfKit.Cli.Aws;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>What a bucket keeps, encrypts and shows to others.</summary>
internal sealed class BucketSettings(AwsClient aws, string bucket, CancellationToken cancellationToken)
{
    /// <summary>Null when it could not be seen.</summary>
    public async Task<(bool? IsVersioned, IReadOnlyList<Finding> Findings)> KeepingAsync(string prefix)
    {
        var versioning = await AskAsync("versioning");
        var lifecycle = await AskAsync("lifecycle");
        bool? isVersioned = versioning.IsSuccess ? versioning.Xml.Element("Status")?.Value == "Enabled" : null;
        var rules = lifecycle.IsSuccess ? RulesFor(lifecycle.Xml, prefix) : lifecycle.Code == "NoSuchLifecycleConfiguration" ? [] : null;
        List<Finding> findings = [versioning.IsSuccess
            ? AboutVersions(versioning.Xml.Element("Status")?.Value, rules, prefix)
            : Seen.Not($"whether {bucket} has versioning", versioning, "s3:GetBucketVersioning on the bucket")];
        findings.Add(rules is null
            ? Seen.Not($"the lifecycle rules of {bucket}", lifecycle, "s3:GetLifecycleConfiguration on the bucket")
            : AboutUploads(rules, prefix));
        return (isVersioned, findings);
    }

    public async Task<Finding> PublicAccessAsync()
    {
        const string What = "who may be let in from outside";
        var answer = await AskAsync("publicAccessBlock");
        if (!answer.IsSuccess && answer.Code != "NoSuchPublicAccessBlockConfiguration")
            return Seen.Not($"{What}, of {bucket}", answer, "s3:GetBucketPublicAccessBlock on the bucket");
        string[] all = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
        var open = all.Where(name => !string.Equals(answer.Xml.Element(name)?.Value, "true", StringComparison.OrdinalIgnoreCase)).ToList();
        return open.Count == 0
            ? Finding.Good($"public access to {bucket} is blocked")
            : Finding.Warning($"public access to {bucket} is not blocked ({string.Join(", ", open)}), unless the account blocks it; "
                + "block all of it in the console under Permissions, or with 'aws s3api put-public-access-block'");
    }

    /// <param name="stackKey">The key that the function's role may use; null when it is not known.</param>
    public async Task<IReadOnlyList<Finding>> EncryptionAsync(string? stackKey)
    {
        var answer = await AskAsync("encryption");
        if (!answer.IsSuccess && answer.Code != "ServerSideEncryptionConfigurationNotFoundError")
            return [Seen.Not($"how {bucket} encrypts", answer, "s3:GetEncryptionConfiguration on the bucket")];
        var rule = answer.Xml.Descendants("ApplyServerSideEncryptionByDefault").FirstOrDefault();
        var way = rule?.Element("SSEAlgorithm")?.Value;
        if (way is null) return [Finding.Note($"{bucket} names no default encryption; Amazon's S3 encrypts with its own keys then")];
        if (!way.StartsWith("aws:kms", StringComparison.Ordinal)) return [Finding.Good($"{bucket} encrypts by default ({way})")];
        var key = rule!.Element("KMSMasterKeyID")?.Value;
        return key is { Length: > 0 }
            ? [Finding.Good($"{bucket} encrypts by default with {key}"), await KeyAsync(key, stackKey)]
            : [Finding.Good($"{bucket} encrypts by default with the account's own S3 key of KMS")];
    }

    private async Task<Finding> KeyAsync(string key, string? stackKey)
    {
        if (stackKey is not null && key.Contains(":key/", StringComparison.Ordinal) && key != stackKey)
            return Finding.Problem($"{bucket} encrypts with {key}, which the function's role may not use; deploy with KmsKeyArn={key}");
        var answer = await aws.JsonAsync(AwsService.Kms, "DescribeKey", new JsonObject { ["KeyId"] = key }, cancellationToken);
        if (answer.Code == "NotFoundException")
            return Finding.Problem($"there is no KMS key {key}, so {bucket} can neither be read nor "
                + "written");
        if (!answer.IsSuccess) return Seen.Not($"whether the KMS key {key} can be used", answer, "kms:DescribeKey on it");
        var state = $"{answer.Json["KeyMetadata"]?["KeyState"]}";
        return state == "Enabled"
            ? Finding.Good("the KMS key is enabled")
            : Finding.Problem($"the KMS key {key} is {state}, so {bucket} can neither be read nor written; enable it");
    }

    private Task<AwsAnswer> AskAsync(string about) =>
        aws.BucketAsync(HttpMethod.Get, bucket, "", [(about, "")], cancellationToken);

    private static List<XElement> RulesFor(XElement lifecycle, string prefix) => [.. lifecycle.Elements("Rule")
        .Where(rule => rule.Element("Status")?.Value == "Enabled" && !rule.Descendants("Tag").Any()
            && prefix.StartsWith(rule.Descendants("Prefix").FirstOrDefault()?.Value ?? "", StringComparison.Ordinal))];

    private Finding AboutVersions(string? status, List<XElement>? rules, string prefix)
    {
        if (status is null) return Finding.Good($"{bucket} keeps no old versions");
        if (rules is null)
            return Finding.Note($"{bucket} has versioning ({status}); without a lifecycle rule every old version is paid "
                + "for");
        return rules.Exists(rule => rule.Element("NoncurrentVersionExpiration") is not null)
            ? Finding.Good($"{bucket} has versioning ({status}), and a lifecycle rule removes old versions")
            : Finding.Warning($"{bucket} has versioning ({status}) and no lifecycle rule removes old versions below {prefix}: each "
                + "progress report, one every 2 s of a run, is kept and paid for; add a rule with NoncurrentVersionExpiration");
    }

    private Finding AboutUploads(List<XElement> rules, string prefix) =>
        rules.Exists(rule => rule.Element("AbortIncompleteMultipartUpload") is not null)
            ? Finding.Good($"a lifecycle rule of {bucket} ends abandoned uploads")
            : Finding.Warning($"no lifecycle rule of {bucket} ends abandoned uploads below {prefix}, whose parts are then paid for and "
                + "not listed; add a rule with AbortIncompleteMultipartUpload after 1 day");
}
