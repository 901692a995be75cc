using Amazon.S3;
using Amazon.S3.Model;
using FaultProxies;
using IdfKit.Drops;
using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Storage.S3;
using TestBed;

namespace IdfKit.EndToEnd.Tests.Usage;

/// <summary>Runs dropped models in this process, on the real server, through a proxy that sees every request that they make.</summary>
internal sealed class ProxiedRuns : IBucketSource, IAsyncDisposable
{
    private const int MemoryMegabytes = 2048;

    private readonly TemporaryFolder _work = new();
    private readonly IEventBucket _bucket;
    private readonly AsyncS3FileSystem _files;
    private readonly Engines _engines;
    private readonly DropDispatcher _dispatcher;

    private ProxiedRuns(EventServer server, IEventBucket bucket, EnergyPlusInstallation installation, RunSettings settings)
    {
        _bucket = bucket;
        Proxy = new(bucket.EndpointUrl);
        _files = new(bucket.Name, new()
        {
            EndpointUrl = Proxy.Url, Credentials = new(server.AccessKeyId, server.SecretAccessKey), PartSizeBytes = 32 << 20,
        });
        _engines = new([installation], new());
        _dispatcher = new(settings with { WorkDirectory = _work.Path }, this, _engines);
    }

    public FaultProxy Proxy { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ProxiedRuns> OnAsync(EventServer server, EnergyPlusInstallation installation, RunSettings? settings = null) =>
        new(server, await server.CreateBucketAsync(), installation, settings ?? new());

    public IAsyncFileSystem Open(string bucket) => _files;

    public Task RemoveUnfinishedAsync(string bucket, string folder, CancellationToken cancellationToken = default) =>
        _files.AbortUploadsAsync(folder, cancellationToken: cancellationToken);

    public Task PutAsync(string key, string text) =>
        _bucket.S3.PutObjectAsync(new PutObjectRequest { BucketName = _bucket.Name, Key = key, ContentBody = text }, Token);

    public Task PutFileAsync(string key, string path) =>
        _bucket.S3.PutObjectAsync(new PutObjectRequest { BucketName = _bucket.Name, Key = key, FilePath = path }, Token);

    /// <summary>Runs the model of that key, and gives its record as it was committed.</summary>
    /// <param name="key">Of the model.</param>
    /// <param name="sequencer">Of its event.</param>
    public async Task<RunRecord> RunAsync(string key, string sequencer = "0A")
    {
        var drop = new DroppedObject(_bucket.Name, ObjectKey.FromText(key)) { Sequencer = sequencer };
        var delivery = new Delivery("request-" + sequencer, TimeProvider.System.GetUtcNow().AddMinutes(5), "1")
        {
            MemoryMegabytes = MemoryMegabytes
        };
        var result = Assert.Single(await _dispatcher.RunAsync(drop, delivery, Token));
        return result.Record!;
    }

    /// <summary>What an object holds as it is stored, and how it says that it is encoded.</summary>
    public async Task<(byte[] Content, string? Type, string? Encoding)> ReadAsync(string key)
    {
        using var answer = await _bucket.S3.GetObjectAsync(_bucket.Name, key, Token);
        using var content = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(content, Token);
        return (content.ToArray(), answer.Headers.ContentType, answer.Headers.ContentEncoding);
    }

    /// <summary>How many uploads by parts were begun and never ended.</summary>
    public async Task<int> UnfinishedAsync()
    {
        var listed = await _bucket.S3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = _bucket.Name }, Token);
        return listed.MultipartUploads?.Count ?? 0;
    }

    /// <summary>The bytes of all that is stored below a prefix.</summary>
    public async Task<long> StoredBytesAsync(string prefix)
    {
        var listed = await _bucket.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _bucket.Name, Prefix = prefix }, Token);
        return (listed.S3Objects ?? []).Sum(stored => stored.Size ?? 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _engines.DisposeAsync();
        await _files.DisposeAsync();
        await Proxy.DisposeAsync();
        await _bucket.DisposeAsync();
        _work.Dispose();
    }
}
