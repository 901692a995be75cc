using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>A bucket of one test's own. Afterwards no multipart upload may be left in it.</summary>
internal sealed class TestBucket : IAsyncDisposable
{
    public const int PartBytes = 5 << 20;

    private readonly Lazy<AmazonS3Client> _client;
    private readonly Lazy<S3FileSystemOptions> _options;
    private bool _created;

    public TestBucket(RgwServer rgw)
        : this(() => rgw.EndpointUrl, rgw.AccessKeyId, rgw.SecretAccessKey)
    {
    }

    public TestBucket(MotoServer moto)
        : this(() => moto.EndpointUrl, "anykey", "anysecret")
    {
    }

    private TestBucket(Func<Uri> endpoint, string key, string secret)
    {
        _options = new(() => new S3FileSystemOptions
        {
            EndpointUrl = endpoint(), Credentials = new S3Credentials(key, secret), PartSizeBytes = PartBytes, Concurrency = 3
        });
        _client = new(() => new AmazonS3Client(
            new BasicAWSCredentials(key, secret),
            new AmazonS3Config
            {
                ServiceURL = endpoint().AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1",
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED
            }));
    }

    public string Name { get; } = RgwServer.NewBucketName();

    public S3FileSystemOptions Options => _options.Value;

    public AmazonS3Client Client => _client.Value;

    public async Task<string> CreateAsync()
    {
        if (!_created) await Client.PutBucketAsync(Name);
        _created = true;
        return Name;
    }

    public async Task<AsyncS3FileSystem> OpenAsync(Func<S3FileSystemOptions, S3FileSystemOptions>? change = null) =>
        new(await CreateAsync(), change is null ? Options : change(Options));

    public async Task<IReadOnlyList<MultipartUpload>> UnfinishedUploadsAsync() =>
        (await Client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Name })).MultipartUploads ?? [];

    public async ValueTask DisposeAsync()
    {
        if (!_created) return;
        Assert.Empty(await UnfinishedUploadsAsync());
        Client.Dispose();
    }
}
