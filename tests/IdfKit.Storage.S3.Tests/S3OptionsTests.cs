using Amazon.S3;
using Amazon.S3.Model;
using FaultProxies;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>
/// What the options say about objects is found on the server, however they were written: by one PUT, by parts, by a
/// copy.
/// </summary>
public sealed class S3OptionsTests(MotoServer moto, RgwServer rgw) : IAsyncLifetime
{
    private const string KmsKey = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";

    private readonly TestBucket _bucket = new(moto);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bucket.DisposeAsync();

    [Fact]
    public async Task Encryption_storage_class_and_tags_are_on_every_object()
    {
        await using var fs = await _bucket.OpenAsync(options => options with
        {
            KmsKeyId = KmsKey,
            StorageClass = "STANDARD_IA",
            Tags = new Dictionary<string, string> { ["study"] = "a b+c", ["team"] = "ü" },
        });
        await fs.WriteTextAsync("small", "x");
        await fs.WriteAsync("parts", new MemoryStream(new byte[TestBucket.PartBytes + 1]));
        await fs.WriteAsync("own", new MemoryStream(1),
            new WriteOptions { Tags = new Dictionary<string, string> { ["team"] = "b", ["case"] = "1/2" } });
        var own = await _bucket.Client.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = _bucket.Name, Key = "own" });
        Assert.Equal(["case=1/2", "study=a b+c", "team=b"], own.Tagging.Select(tag => $"{tag.Key}={tag.Value}").Order());
        await _bucket.Client.PutObjectAsync(new PutObjectRequest { BucketName = _bucket.Name, Key = "plain", ContentBody = "x" });
        await fs.CopyAsync("plain", "copy");
        foreach (var key in new[] { "small", "parts", "copy" })
        {
            var head = await _bucket.Client.GetObjectMetadataAsync(_bucket.Name, key);
            Assert.Equal((ServerSideEncryptionMethod.AWSKMS, KmsKey),
                (head.ServerSideEncryptionMethod, head.ServerSideEncryptionKeyManagementServiceKeyId));
            Assert.Equal(S3StorageClass.StandardInfrequentAccess, head.StorageClass);
            var tags = await _bucket.Client.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = _bucket.Name, Key = key });
            Assert.Equal(["study=a b+c", "team=ü"], tags.Tagging.Select(tag => $"{tag.Key}={tag.Value}").Order());
        }
        Assert.Equal("x", await fs.ReadTextAsync("copy"));
        Assert.Equal(TestBucket.PartBytes + 1, (await fs.ReadBytesAsync("parts")).Length);
    }

    [Theory]
    [InlineData(S3Checksums.Default, false)]
    [InlineData(S3Checksums.WhenRequired, false)]
    [InlineData(S3Checksums.WhenSupported, true)]
    public async Task Checksums_are_sent_when_they_are_asked_for(S3Checksums checksums, bool sent)
    {
        await using var fs = await _bucket.OpenAsync(options => options with { Checksums = checksums });
        await fs.WriteTextAsync("small", "some text");
        await fs.WriteAsync("parts", new MemoryStream(new byte[TestBucket.PartBytes + 1]));
        var head = await _bucket.Client.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = _bucket.Name, Key = "small", ChecksumMode = ChecksumMode.ENABLED });
        Assert.Equal(sent, (head.ChecksumCRC32 ?? head.ChecksumCRC32C ?? head.ChecksumCRC64NVME ?? head.ChecksumSHA256) is not null);
        Assert.Equal("some text", await fs.ReadTextAsync("small"));
        Assert.Equal(TestBucket.PartBytes + 1, (await fs.ReadBytesAsync("parts")).Length);
    }

    [Theory, Rule("W11")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tags_are_on_objects_of_many_parts_and_on_their_copies(bool onCeph)
    {
        await using var bucket = onCeph ? new TestBucket(rgw) : new TestBucket(moto);
        var tagged = new Dictionary<string, string> { ["team"] = "a b+c", ["ü"] = "1/2" };
        await using var fs = new AsyncS3FileSystem(await bucket.CreateAsync(), bucket.Options) { CopyLimitBytes = TestBucket.PartBytes };
        await fs.WriteAsync("parts", new MemoryStream(new byte[TestBucket.PartBytes + 1]), new WriteOptions { Tags = tagged });
        await using (var stream = await fs.OpenWriteAsync("stream", new WriteOptions { Tags = tagged }))
        {
            await stream.WriteAsync(new byte[TestBucket.PartBytes + 1]);
            await stream.CompleteAsync();
        }
        await fs.CopyAsync("parts", "copy");
        await fs.MoveAsync("stream", "moved");
        foreach (var key in new[] { "parts", "copy", "moved" })
            Assert.Equal(["team=a b+c", "ü=1/2"], await TagsOfAsync(bucket, key));

        await using var tagging = new AsyncS3FileSystem(bucket.Name, bucket.Options with { Tags = tagged }) { CopyLimitBytes = 1 };
        await tagging.WriteBytesAsync("bytes", new byte[2]);
        await tagging.CopyAsync("bytes", "copied");
        await bucket.Client.PutObjectAsync(new PutObjectRequest { BucketName = bucket.Name, Key = "plain", ContentBody = "xy" });
        await tagging.CopyAsync("plain", "of-plain");
        foreach (var key in new[] { "bytes", "copied", "of-plain" })
            Assert.Equal(["team=a b+c", "ü=1/2"], await TagsOfAsync(bucket, key));
    }

    private static async Task<IEnumerable<string>> TagsOfAsync(TestBucket bucket, string key)
    {
        var tags = await bucket.Client.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = bucket.Name, Key = key });
        return (tags.Tagging ?? []).Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Owner_and_payer_are_on_every_request_whosever_client_it_is()
    {
        await using var proxy = new FaultProxy(rgw.EndpointUrl);
        await using var bucket = new TestBucket(rgw);
        await bucket.CreateAsync();
        var options = bucket.Options with { EndpointUrl = proxy.Url, ExpectedBucketOwner = "123456789012", RequesterPays = true };
        using var client = new AmazonS3Client(
            new Amazon.Runtime.BasicAWSCredentials(rgw.AccessKeyId, rgw.SecretAccessKey),
            new AmazonS3Config
            {
                ServiceURL = proxy.Url.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1",
                RequestChecksumCalculation = Amazon.Runtime.RequestChecksumCalculation.WHEN_REQUIRED,
            });
        foreach (var fs in new[] { new AsyncS3FileSystem(bucket.Name, options), new AsyncS3FileSystem(bucket.Name, client, options) })
        {
            await using var _ = fs;
            var large = new byte[TestBucket.PartBytes + 1];
            var tagged = new WriteOptions { Tags = new Dictionary<string, string> { ["a"] = "b" } };
            foreach (var (name, call) in S3Operations.All)
            {
                var path = name + "/f";
                await fs.WriteAsync(path, new MemoryStream(large), tagged);
                await call(fs, path);
                await fs.AbortUploadsAsync(name);
            }
            Assert.All(proxy.Calls, call =>
            {
                Assert.Equal("123456789012", call.Header("x-amz-expected-bucket-owner"));
                Assert.Equal("requester", call.Header("x-amz-request-payer"));
            });
            var kinds = proxy.Calls.Select(call => call.Method + (call.Has("uploadId") ? " of a part" : "")).Distinct();
            var expected = new HashSet<string> { "GET", "HEAD", "PUT", "POST", "DELETE", "PUT of a part", "POST of a part" };
            Assert.Superset(expected, kinds.ToHashSet());
            proxy.Clear();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345678901")]
    [InlineData("1234567890123")]
    [InlineData("12345678901a")]
    [InlineData("１２３４５６７８９０１２")]
    public void Owner_that_is_no_account_number_is_refused(string owner) =>
        Assert.Throws<ArgumentException>(() => new S3FileSystemOptions { ExpectedBucketOwner = owner });

    [Fact, Rule("W13")]
    public async Task Limits_of_tags_hold_for_those_of_the_file_system_and_the_write_together()
    {
        static Dictionary<string, string> Tags(string start, int count) =>
            Enumerable.Range(0, count).ToDictionary(i => $"{start}{i}", _ => "x");
        await using var fs = new AsyncS3FileSystem("nowhere", new S3FileSystemOptions
        {
            EndpointUrl = new Uri("http://127.0.0.1:1"), Credentials = new S3Credentials("a", "b"), Tags = Tags("own", 6),
        });
        var error = await Assert.ThrowsAsync<StorageException>(
            () => fs.WriteAsync("f", new MemoryStream([1]), new WriteOptions { Tags = Tags("other", 5) }));
        Assert.Equal((StorageErrorKind.InvalidOptions, "Write", "f"), (error.Kind, error.Operation, error.Path));
        Assert.Throws<ArgumentException>(() => new S3FileSystemOptions { Tags = Tags("own", 11) });
        Assert.Throws<ArgumentException>(() => new S3FileSystemOptions { Tags = new Dictionary<string, string> { ["a\n"] = "x" } });
    }
}
