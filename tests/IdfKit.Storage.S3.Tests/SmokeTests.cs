using Amazon.Runtime;
using Amazon.S3;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

public sealed class SmokeTests(RgwServer rgw)
{
    [Fact]
    public async Task Written_bytes_are_read_back()
    {
        var bucket = RgwServer.NewBucketName();
        using var client = new AmazonS3Client(new BasicAWSCredentials(rgw.AccessKeyId, rgw.SecretAccessKey), new AmazonS3Config { ServiceURL = rgw.EndpointUrl.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
        await client.PutBucketAsync(bucket);
        await using var fs = new AsyncS3FileSystem(bucket, new() { EndpointUrl = rgw.EndpointUrl, Credentials = new(rgw.AccessKeyId, rgw.SecretAccessKey) });
        await fs.WriteTextAsync("a/b c+d%.txt", "hello");
        Assert.Equal("hello", await fs.ReadTextAsync("a/b c+d%.txt"));
        Assert.Equal(["a/b c+d%.txt"], await fs.GlobAsync("a", "*.txt").ToListAsync());
        Assert.StartsWith("arn:aws:sns:", rgw.CreatePushTopic("t", new Uri("http://127.0.0.1:9/")));
        var e = await fs.WriteAsync("c", new MemoryStream([1]), new() { IfAbsent = true });
        var e2 = await fs.WriteAsync("c", new MemoryStream([2]), new() { IfMatch = e.ETag });
        Assert.NotEqual(e.ETag, e2.ETag);
        var f = await Assert.ThrowsAsync<StorageException>(() => fs.WriteAsync("c", new MemoryStream([3]), new() { IfMatch = e.ETag }));
        Assert.Equal(StorageErrorKind.PreconditionFailed, f.Kind);
        await using var nb = new AsyncS3FileSystem("nosuchbucket", new() { EndpointUrl = rgw.EndpointUrl, Credentials = new(rgw.AccessKeyId, rgw.SecretAccessKey) });
        Assert.Contains("nosuchbucket", (await Assert.ThrowsAsync<StorageException>(() => nb.ExistsAsync("x"))).Message);
    }
}
