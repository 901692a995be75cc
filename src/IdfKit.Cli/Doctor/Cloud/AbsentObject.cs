using IdfKit.Cli.Aws;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>What S3 answers for an object that is not there: 404 to who may list, else 403.</summary>
internal static class AbsentObject
{
    public static async Task<Finding> AskAsync(AwsClient aws, Place place, string who, bool isRole, CancellationToken cancellationToken)
    {
        foreach (var (bucket, prefix) in new[] { (place.Bucket, place.InputPrefix), (place.OutputBucket, place.OutputPrefix) })
        {
            var answer = await aws.BucketAsync(
                HttpMethod.Get, bucket, $"{prefix}idfkit-doctor-{Guid.NewGuid():N}", [], cancellationToken);
            if (answer.Code is "NoSuchKey" or "HTTP 404" || answer is { Status: 404, Code: not "NoSuchBucket" }) continue;
            if (!answer.IsDenied) return Seen.Not($"what an absent object of s3://{bucket}/{prefix} answers", answer, "s3:GetObject there");
            var text = $"an object that is not in s3://{bucket}/{prefix} answers AccessDenied to {who}, not NotFound: a weather file "
                + $"that is missing then looks forbidden; allow s3:ListBucket on {bucket}";
            return isRole ? Finding.Problem(text) : Finding.Warning(text);
        }
        return Finding.Good($"an object that is not there answers NotFound to {who}");
    }
}
