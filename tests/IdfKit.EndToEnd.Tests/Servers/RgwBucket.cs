using Amazon.S3;
using Amazon.S3.Model;

using IdfKit.LocalCloud;

using TestBed;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>A bucket on Ceph RGW, which pushes its events over HTTP.</summary>
internal sealed class RgwBucket : IEventBucket
{
    private readonly RgwServer _server;

    private RgwBucket(RgwServer server)
    {
        _server = server;
        S3 = IEventBucket.ClientOf(server.EndpointUrl, server.AccessKeyId, server.SecretAccessKey);
    }

    public string Name { get; } = DeployedStack.BucketOf(RgwServer.NewBucketName());

    public Uri EndpointUrl => _server.EndpointUrl;

    public AmazonS3Client S3 { get; }

    public static async Task<RgwBucket> CreateAsync(RgwServer server)
    {
        var bucket = new RgwBucket(server);
        await bucket.S3.PutBucketAsync(bucket.Name, TestContext.Current.CancellationToken);
        return bucket;
    }

    public async Task NotifyAsync(string prefix, LocalLambda function)
    {
        var topic = _server.CreatePushTopic("topic-" + Name, function.EventsEndpoint);
        await S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = Name,
            TopicConfigurations = [new TopicConfiguration
            {
                Id = "drop",
                Topic = topic,
                Events = [EventType.ObjectCreatedAll],
                Filter = new Filter { S3KeyFilter = new S3KeyFilter { FilterRules = [new FilterRule("prefix", prefix)] } },
            }],
        }, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        S3.Dispose();
        return ValueTask.CompletedTask;
    }
}
