using Amazon.S3;

using IdfKit.LocalCloud;

using TestBed;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>A bucket beside the state machines that moto interprets; it tells nobody anything.</summary>
internal sealed class MotoBucket : IEventBucket
{
    private MotoBucket(Uri endpoint, string accessKeyId, string secretAccessKey) =>
        (EndpointUrl, S3) = (endpoint, IEventBucket.ClientOf(endpoint, accessKeyId, secretAccessKey));

    public string Name { get; } = RgwServer.NewBucketName();

    public Uri EndpointUrl { get; }

    public AmazonS3Client S3 { get; }

    public static async Task<MotoBucket> CreateAsync(Uri endpoint, string accessKeyId, string secretAccessKey)
    {
        var bucket = new MotoBucket(endpoint, accessKeyId, secretAccessKey);
        await bucket.S3.PutBucketAsync(bucket.Name, TestContext.Current.CancellationToken);
        return bucket;
    }

    public Task NotifyAsync(string prefix, LocalLambda function) =>
        throw new NotSupportedException("moto sends a bucket's events to no function.");

    public ValueTask DisposeAsync()
    {
        S3.Dispose();
        return ValueTask.CompletedTask;
    }
}
