using IdfKit.Cli.Aws;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>All that is looked at of the buckets of models and results.</summary>
internal sealed class BucketDoctor(AwsClient aws, Place place)
{
    /// <summary>The ARNs that events must go to one of; empty where any will do.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The KMS key that the function's role may use; null where it is not known.</summary>
    public string? Key { get; init; }

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        if (await ReachAsync(aws, place.Bucket, place.InputPrefix, findings, cancellationToken) is not { } inputs) return findings;
        var outputs = place.OutputBucket == place.Bucket
            ? inputs
            : await ReachAsync(aws, place.OutputBucket, place.OutputPrefix, findings, cancellationToken);

        if (outputs is not null)
        {
            var keeping = new BucketSettings(outputs, place.OutputBucket, cancellationToken);
            var (isVersioned, kept) = await keeping.KeepingAsync(place.OutputPrefix);
            findings.AddRange(await new ConditionalWrites(outputs, place).TryAsync(isVersioned ?? false, cancellationToken));
            findings.AddRange(kept);
            findings.Add(await AbsentObject.AskAsync(inputs, place, "these credentials", isRole: false, cancellationToken));
        }
        findings.AddRange(await new EventFindings(inputs, place, Targets).LookAsync(cancellationToken));
        foreach (var (bucket, by) in new[] { (place.Bucket, inputs), (place.OutputBucket, outputs) }.DistinctBy(pair => pair.Item1))
        {
            if (by is null) continue;
            var settings = new BucketSettings(by, bucket, cancellationToken);
            findings.Add(await settings.PublicAccessAsync());
            findings.AddRange(await settings.EncryptionAsync(Key));
        }
        return findings;
    }

    private static async Task<AwsClient?> ReachAsync(
        AwsClient aws, string bucket, string prefix, List<Finding> findings, CancellationToken cancellationToken)
    {
        var (finding, next) = await BucketAccess.LookAsync(aws, bucket, prefix, cancellationToken);
        findings.Add(finding);
        return next;
    }
}
