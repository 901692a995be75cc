namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>Where models are dropped and where results go.</summary>
internal sealed record Place(string Bucket, string InputPrefix, string OutputBucket, string OutputPrefix)
{
    public string Inputs => $"s3://{Bucket}/{InputPrefix}";

    public string Outputs => $"s3://{OutputBucket}/{OutputPrefix}";

    public IEnumerable<string> Buckets => new[] { Bucket, OutputBucket }.Distinct(StringComparer.Ordinal);
}
