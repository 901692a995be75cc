using IdfKit.Cli.Aws;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>Whether a bucket is there, in this region, and can be listed.</summary>
internal static class BucketAccess
{
    /// <returns>What was found, and who asks on: in the bucket's own region; null when nothing more can be seen.</returns>
    public static async Task<(Finding Finding, AwsClient? Next)> LookAsync(
        AwsClient aws, string bucket, string prefix, CancellationToken cancellationToken)
    {
        var answer = await ListAsync(aws, bucket, prefix, cancellationToken);
        var url = $"s3://{bucket}/{prefix}";
        if (answer.IsSuccess) return (Finding.Good($"can list {url}, in region {answer.BucketRegion ?? aws.Account.Region}"), aws);
        if (answer.Code == "NoSuchBucket")
            return (Finding.Problem($"there is no bucket {bucket}; check its name and, of a stack, the output BucketName"), null);
        if (answer.BucketRegion is { } region && region != aws.Account.Region)
            return (Elsewhere(bucket, region, aws.Account.Region), aws.As(aws.Account.In(region)));
        if (Seen.Hopeless(answer) is { } hopeless) return (hopeless, null);
        return (Seen.Not($"what is in {url}", answer, $"s3:ListBucket on the bucket {bucket}"), aws);
    }

    private static Finding Elsewhere(string bucket, string region, string here) => Finding.Problem(
        $"the bucket {bucket} is in {region} and this environment names {here}; set AWS_REGION={region}. A function must be in its "
            + "bucket's region.");

    private static Task<AwsAnswer> ListAsync(AwsClient aws, string bucket, string prefix, CancellationToken cancellationToken) =>
        aws.BucketAsync(HttpMethod.Get, bucket, "", [("list-type", "2"), ("prefix", prefix), ("max-keys", "1")], cancellationToken);
}
