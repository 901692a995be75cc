using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;

namespace IdfKit.LocalCloud.Tests;

public sealed class UploadTests : BucketTests
{
    private const int Part = 5 * 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(1_000_003)]
    public async Task Put_with_the_clients_own_chunked_body_and_trailer_keeps_every_byte(int size)
    {
        var content = Bytes(size);
        await S3.PutObjectAsync(
            new PutObjectRequest { BucketName = Name, Key = "x", InputStream = new MemoryStream(content), UseChunkEncoding = true }, Token);
        Assert.Equal(content, await File.ReadAllBytesAsync(Folder["bucket", "x"], Token));
        using var get = await S3.GetObjectAsync(
            new GetObjectRequest { BucketName = Name, Key = "x", ChecksumMode = ChecksumMode.ENABLED }, Token);
        Assert.NotNull(get.ChecksumCRC32 ?? get.ChecksumCRC64NVME);
        using var copy = new MemoryStream();
        await get.ResponseStream.CopyToAsync(copy, Token);
        Assert.Equal(content, copy.ToArray());
    }

    [Theory]
    [InlineData("CRC32")]
    [InlineData("SHA1")]
    [InlineData("SHA256")]
    public async Task Put_is_checked_against_each_of_the_clients_checksums(string algorithm)
    {
        await S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Name, Key = "x", ContentBody = "content", ChecksumAlgorithm = new ChecksumAlgorithm(algorithm)
            }, Token);
        using var wrong = await SendAsync(
            HttpMethod.Put, "models/y", "content", ($"x-amz-checksum-{algorithm.ToLowerInvariant()}", "AAAAAA=="));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("BadDigest", await wrong.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.False(File.Exists(Folder["bucket", "y"]));
    }

    [Theory]
    [InlineData("crc32", "y/Q5Jg==")] // the check values of the CRC catalogue for "123456789"
    [InlineData("crc32c", "4waSgw==")]
    [InlineData("crc64nvme", "rosUhgp5mIg=")]
    public async Task Checksums_have_the_catalogues_check_values(string name, string value)
    {
        using var put = await SendAsync(HttpMethod.Put, "models/x", "123456789", ("x-amz-checksum-" + name, value));
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
    }

    [Theory]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest")]
    [InlineData("Content-MD5", "no base64", "InvalidDigest")]
    [InlineData("x-amz-content-sha256", "0000000000000000000000000000000000000000000000000000000000000000", "XAmzContentSHA256Mismatch")]
    public async Task Put_whose_digest_does_not_match_is_refused_and_changes_nothing(string header, string value, string code)
    {
        await PutAsync("x", "old");
        using var answer = await SendAsync(HttpMethod.Put, "models/x", "new", (header, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"<Code>{code}</Code>", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal("old", await GetAsync("x"));
        Assert.Empty(Directory.GetFiles(Folder["bucket", ".idfkit", "tmp"]));
    }

    [Theory]
    [InlineData("5;chunk-signature=00\r\nhello\r\n0;chunk-signature=00\r\n\r\n", true)]
    [InlineData("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", true)]
    [InlineData("2\r\nhe\r\n3\r\nllo\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", false)]
    [InlineData("5\r\nhello\r\n", false)]
    [InlineData("6\r\nhello\r\n0\r\n\r\n", false)]
    [InlineData("zz\r\nhello\r\n0\r\n\r\n", false)]
    public async Task Aws_chunked_bodies_are_decoded_and_checked(string body, bool good)
    {
        var hasTrailer = body.Contains("x-amz-checksum", StringComparison.Ordinal);
        using var answer = await SendAsync(HttpMethod.Put, "models/x", body,
            ("x-amz-content-sha256", hasTrailer ? "STREAMING-UNSIGNED-PAYLOAD-TRAILER" : "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
            ("x-amz-decoded-content-length", "5"), ("Content-Encoding", "aws-chunked"),
            ("x-amz-trailer", hasTrailer ? "x-amz-checksum-crc32" : ""));
        Assert.Equal(good ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(good, File.Exists(Folder["bucket", "x"]));
        if (good) Assert.Equal("hello", await GetAsync("x"));
    }

    [Fact]
    public async Task A_put_that_is_broken_off_leaves_the_old_content_and_no_temporary_file()
    {
        await PutAsync("x", "old");
        using (var socket = new System.Net.Sockets.TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, Bucket.Endpoint.Port, Token);
            await socket.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes("PUT /models/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nhalf"), Token);
            while (Directory.GetFiles(Folder["bucket", ".idfkit", "tmp"]).Length == 0) await Task.Delay(10, Token);
        }
        while (Directory.GetFiles(Folder["bucket", ".idfkit", "tmp"]).Length > 0) await Task.Delay(10, Token);
        Assert.Equal("old", await GetAsync("x"));
    }

    [Fact]
    public async Task Multipart_by_the_transfer_utility_is_whole_and_has_a_multipart_etag()
    {
        var content = Bytes(2 * Part + 17);
        using var transfer = new TransferUtility(S3, new TransferUtilityConfig { MinSizeBeforePartUpload = Part });
        var upload = new TransferUtilityUploadRequest
        {
            BucketName = Name, Key = "m", InputStream = new MemoryStream(content), PartSize = Part, ContentType = "text/x"
        };
        await transfer.UploadAsync(upload, Token);
        Assert.Equal(content, await File.ReadAllBytesAsync(Folder["bucket", "m"], Token));
        var head = await S3.GetObjectMetadataAsync(Name, "m", Token);
        var digests = content.Chunk(Part).SelectMany(MD5.HashData).ToArray();
        Assert.Equal($"\"{Convert.ToHexStringLower(MD5.HashData(digests))}-3\"", head.ETag);
        Assert.Equal("text/x", head.Headers.ContentType);
        var third = await S3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Name, Key = "m", PartNumber = 3 }, Token);
        Assert.Equal((3, 17), (third.PartsCount, third.ContentLength));
        Assert.Empty(Directory.GetFiles(Folder["bucket", ".idfkit", "tmp"]));
    }

    [Fact]
    public async Task Multipart_checks_order_etags_sizes_and_conditions()
    {
        var id = (await S3.InitiateMultipartUploadAsync(Name, "m", Token)).UploadId;
        var parts = new List<PartETag>();
        foreach (var number in new[] { 1, 2 })
        {
            var body = new MemoryStream(Bytes(number == 1 ? Part : 3));
            var part = await S3.UploadPartAsync(
                new UploadPartRequest { BucketName = Name, Key = "m", UploadId = id, PartNumber = number, InputStream = body }, Token);
            parts.Add(new PartETag(number, part.ETag));
        }
        Assert.Equal(2, (await S3.ListPartsAsync(Name, "m", id, Token)).Parts.Count);
        Assert.Equal(id,
            (await S3.ListMultipartUploadsAsync(
                new ListMultipartUploadsRequest { BucketName = Name }, Token)).MultipartUploads.Single().UploadId);

        await FailsAsync(HttpStatusCode.BadRequest, "InvalidPart", () => CompleteAsync(id, [new PartETag(1, "\"0\"")]));
        var second = $"<Part><PartNumber>2</PartNumber><ETag>{parts[1].ETag}</ETag></Part>";
        var first = $"<Part><PartNumber>1</PartNumber><ETag>{parts[0].ETag}</ETag></Part>";
        using var reversed = await SendAsync(HttpMethod.Post, $"models/m?uploadId={id}",
            $"<CompleteMultipartUpload>{second}{first}</CompleteMultipartUpload>");
        Assert.Contains("InvalidPartOrder", await reversed.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await PutAsync("m", "in the way");
        await FailsAsync(HttpStatusCode.PreconditionFailed, "PreconditionFailed", () => CompleteAsync(id, parts, ifNoneMatch: "*"));
        Assert.Equal("in the way", await GetAsync("m"));
        await CompleteAsync(id, parts);
        Assert.Equal(Part + 3, (await S3.GetObjectMetadataAsync(Name, "m", Token)).ContentLength);
        await FailsAsync(HttpStatusCode.NotFound, "NoSuchUpload", () => CompleteAsync(id, parts));
    }

    [Fact]
    public async Task Multipart_with_a_small_first_part_is_EntityTooSmall_and_abort_removes_the_parts()
    {
        await PutAsync("source", "0123456789");
        var id = (await S3.InitiateMultipartUploadAsync(Name, "m", Token)).UploadId;
        var parts = new List<PartETag>();
        foreach (var number in new[] { 1, 2 })
        {
            var copied = await S3.CopyPartAsync(new CopyPartRequest
            {
                SourceBucket = Name, SourceKey = "source", FirstByte = 2, LastByte = 4,
                DestinationBucket = Name, DestinationKey = "m", UploadId = id, PartNumber = number,
            }, Token);
            parts.Add(new PartETag(number, copied.ETag));
        }
        Assert.Equal($"\"{Convert.ToHexStringLower(MD5.HashData("234"u8))}\"", parts[0].ETag);
        await FailsAsync(HttpStatusCode.BadRequest, "EntityTooSmall", () => CompleteAsync(id, parts));
        Assert.Equal(2, Directory.GetFiles(Folder["bucket", ".idfkit", "tmp"]).Length);
        await S3.AbortMultipartUploadAsync(Name, "m", id, Token);
        Assert.Empty(Directory.GetFiles(Folder["bucket", ".idfkit", "tmp"]));
    }

    private Task<CompleteMultipartUploadResponse> CompleteAsync(
        string id, List<PartETag> parts, string? ifNoneMatch = null) => S3.CompleteMultipartUploadAsync(
        new CompleteMultipartUploadRequest { BucketName = Name, Key = "m", UploadId = id, PartETags = parts, IfNoneMatch = ifNoneMatch },
        Token);

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }
}
