using Amazon.S3;
using Amazon.S3.Model;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>
/// What the options say about objects is found on the server, however they were written: by one PUT, by parts, by a
/// copy.
/// </summary>
public sealed class S3OptionsTests(MotoServer moto) : IAsyncLifetime
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
}
