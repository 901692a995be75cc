using Amazon.S3;

using IdfKit.LocalCloud;

using TestBed;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>
/// A folder of its own, served as a bucket by the local cloud, which hands its events to the function as <c>idfkit
/// dev</c> does.
/// </summary>
internal sealed class LocalBucket : IEventBucket
{
    private readonly TemporaryFolder _folder;
    private readonly LocalBucketServer _server;

    private LocalBucket(TemporaryFolder folder, LocalBucketServer server, AmazonS3Client s3) =>
        (_folder, _server, S3) = (folder, server, s3);

    public string Name => _server.BucketName;

    public Uri EndpointUrl => _server.Endpoint;

    public AmazonS3Client S3 { get; }

    public static async Task<LocalBucket> CreateAsync(string accessKeyId, string secretAccessKey)
    {
        var folder = new TemporaryFolder();
        var options = new LocalBucketOptions
        {
            Directory = folder["bucket"], BucketName = RgwServer.NewBucketName(), AccessKeyId = accessKeyId
        };
        var server = await LocalBucketServer.StartAsync(options, TestContext.Current.CancellationToken);
        return new(folder, server, IEventBucket.ClientOf(server.Endpoint, accessKeyId, secretAccessKey));
    }

    public Task NotifyAsync(string prefix, LocalLambda function)
    {
        _server.Notify(new BucketNotification { Prefix = prefix, Target = document => function.Enqueue(document) });
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        S3.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
