using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.LocalCloud.Tests;

public sealed class ObjectTests : BucketTests
{
    [Fact]
    public async Task Put_is_a_plain_file_and_get_gives_content_type_metadata_and_etag_back()
    {
        var put = await PutAsync("inputs/a/office.idf", "Version,25.2;", request =>
        {
            request.ContentType = "text/x-idf";
            request.Headers.ContentDisposition = "attachment";
            request.Metadata.Add("weather", "s3://w/Chicago O'Hare.epw");
        });
        Assert.Equal("Version,25.2;", await File.ReadAllTextAsync(Folder["bucket", "inputs", "a", "office.idf"], Token));
        using var get = await S3.GetObjectAsync(Name, "inputs/a/office.idf", Token);
        Assert.Equal("text/x-idf", get.Headers.ContentType);
        Assert.Equal("attachment", get.Headers.ContentDisposition);
        Assert.Null(get.Headers.ContentEncoding);
        Assert.Equal("s3://w/Chicago O'Hare.epw", get.Metadata["weather"]);
        Assert.Equal(13, get.ContentLength);
        Assert.Equal($"\"{Md5("Version,25.2;")}\"", get.ETag);
        Assert.Equal(put.ETag, get.ETag);
    }

    [Fact]
    public async Task Tags_are_read_back_and_go_along_with_a_copy_unless_it_brings_its_own()
    {
        await PutAsync("from", "x",
            request => request.TagSet = [new() { Key = "study", Value = "façade 1+2" }, new() { Key = "case", Value = "" }]);
        await S3.CopyObjectAsync(Name, "from", Name, "kept", Token);
        await S3.CopyObjectAsync(
            new CopyObjectRequest
            {
                SourceBucket = Name, SourceKey = "from", DestinationBucket = Name, DestinationKey = "own",
                TagSet = [new() { Key = "a", Value = "b" }], TaggingDirective = TaggingDirective.REPLACE
            }, Token);
        await PutAsync("bare", "x");
        async Task<IEnumerable<string>> TagsAsync(string key) =>
            (await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = Name, Key = key }, Token)).Tagging?.Select(
                tag => $"{tag.Key}={tag.Value}")
                .Order()
                ?? Enumerable.Empty<string>();
        Assert.Equal(["case=", "study=façade 1+2"], await TagsAsync("from"));
        Assert.Equal(["case=", "study=façade 1+2"], await TagsAsync("kept"));
        Assert.Equal(["a=b"], await TagsAsync("own"));
        Assert.Empty(await TagsAsync("bare"));
        await FailsAsync(HttpStatusCode.NotFound, "NoSuchKey", () => TagsAsync("none"));
    }

    [Theory]
    [InlineData("plain.idf")]
    [InlineData("with space + plus %41 &=;?#.idf")]
    [InlineData("grün/日本/😀.idf")]
    [InlineData("back\\slash \"quote\" <tag>.idf")]
    [InlineData("tab\tand\u0001control")]
    [InlineData(".hidden/..almost")]
    public async Task Any_key_that_can_be_a_file_comes_back_as_it_went(string key)
    {
        await PutAsync(key, key);
        Assert.Equal(key, await GetAsync(key));
        var listed = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Name }, Token);
        Assert.Equal(key, listed.S3Objects.Single().Key);
        await S3.DeleteObjectAsync(Name, key, Token);
        await FailsAsync(HttpStatusCode.NotFound, "NoSuchKey", () => GetAsync(key));
    }

    [Theory]
    [InlineData("/models/a/../b", "InvalidArgument")]
    [InlineData("/models/a//b", "InvalidArgument")]
    [InlineData("/models/./a", "InvalidArgument")]
    [InlineData("/models/.idfkit/objects/x", "InvalidArgument")]
    [InlineData("/models/%FF", "InvalidURI")]
    public async Task Put_of_a_key_that_cannot_be_a_file_is_refused_with_a_reason(string target, string code)
    {
        // HttpClient would tidy such a path away, so the request is written by hand.
        var answer = await RawAsync($"PUT {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains($"<Code>{code}</Code>", answer, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Folder["bucket"]));
    }

    [Fact]
    public async Task Put_of_a_name_longer_than_a_file_name_is_refused_and_a_long_path_is_not()
    {
        await FailsAsync(HttpStatusCode.BadRequest, "KeyTooLongError", () => PutAsync(new string('x', 256), ""));
        var key = string.Join('/', Enumerable.Repeat(new string('ü', 100), 4)) + "/end.idf";
        await PutAsync(key, "long");
        Assert.Equal("long", await GetAsync(key));
    }

    [Fact]
    public async Task Put_where_a_folder_with_objects_or_an_object_is_in_the_way_is_refused()
    {
        await PutAsync("a/b", "1");
        await FailsAsync(HttpStatusCode.BadRequest, "InvalidArgument", () => PutAsync("a", "2"));
        await FailsAsync(HttpStatusCode.BadRequest, "InvalidArgument", () => PutAsync("a/b/c/d", "3"));
        await FailsAsync(HttpStatusCode.NotFound, "NoSuchKey", () => GetAsync("a"));
        await S3.DeleteObjectAsync(Name, "a/b", Token);
        await PutAsync("a", "2");
        Assert.Equal("2", await GetAsync("a"));
    }

    [Fact]
    public async Task A_folder_marker_is_an_empty_object_and_a_folder()
    {
        await PutAsync("inputs/", "");
        Assert.True(Directory.Exists(Folder["bucket", "inputs"]));
        Assert.Equal("", await GetAsync("inputs/"));
        await PutAsync("inputs/x", "1");
        Assert.Equal(["inputs/", "inputs/x"],
            (await S3.ListObjectsV2Async(new() { BucketName = Name }, Token)).S3Objects.Select(o => o.Key));
        await S3.DeleteObjectAsync(Name, "inputs/", Token);
        Assert.Equal("1", await GetAsync("inputs/x"));
        await FailsAsync(HttpStatusCode.BadRequest, "InvalidArgument", () => PutAsync("full/", "content"));
    }

    [Fact]
    public async Task A_file_dropped_by_hand_is_an_object_and_one_changed_by_hand_has_its_own_etag()
    {
        await File.WriteAllTextAsync(Folder["bucket", "hand.idf"], "by hand", Token);
        var head = await S3.GetObjectMetadataAsync(Name, "hand.idf", Token);
        Assert.Equal((7, $"\"{Md5("by hand")}\""), (head.ContentLength, head.ETag));

        await PutAsync("s3.idf", "over S3", request => request.Metadata.Add("weather", "x"));
        await File.WriteAllTextAsync(Folder["bucket", "s3.idf"], "changed by hand", Token);
        head = await S3.GetObjectMetadataAsync(Name, "s3.idf", Token);
        Assert.Equal($"\"{Md5("changed by hand")}\"", head.ETag);
        Assert.Empty(head.Metadata.Keys);
    }

    [Theory]
    [InlineData("bytes=2-4", "206", "234", "bytes 2-4/10")]
    [InlineData("bytes=7-", "206", "789", "bytes 7-9/10")]
    [InlineData("bytes=-3", "206", "789", "bytes 7-9/10")]
    [InlineData("bytes=-30", "206", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=8-99", "206", "89", "bytes 8-9/10")]
    [InlineData("bytes=4-2", "200", "0123456789", null)]
    [InlineData("lines=1-2", "200", "0123456789", null)]
    public async Task Get_of_a_range_gives_that_part(string range, string status, string content, string? contentRange)
    {
        await PutAsync("ten", "0123456789");
        using var answer = await SendAsync(HttpMethod.Get, "models/ten", null, ("Range", range));
        Assert.Equal(status, ((int)answer.StatusCode).ToString());
        Assert.Equal(content, await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(contentRange, answer.Content.Headers.ContentRange?.ToString());
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=-0")]
    public async Task Get_of_a_range_outside_is_InvalidRange(string range)
    {
        await PutAsync("ten", "0123456789");
        using var answer = await SendAsync(HttpMethod.Get, "models/ten", null, ("Range", range));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Contains("<Code>InvalidRange</Code>", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_of_what_is_absent_is_404_without_a_body()
    {
        using var answer = await SendAsync(HttpMethod.Head, "models/none");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await FailsAsync(HttpStatusCode.NotFound, "NoSuchBucket", () => S3.GetObjectAsync("another", "x", Token));
    }

    [Fact]
    public async Task Delete_of_many_answers_for_each_and_of_what_is_absent_succeeds()
    {
        await PutAsync("one", "1");
        await PutAsync("two + <&>", "2");
        var result = await S3.DeleteObjectsAsync(
            new DeleteObjectsRequest
            {
                BucketName = Name, Objects = [new() { Key = "one" }, new() { Key = "two + <&>" }, new() { Key = "none" }]
            }, Token);
        Assert.Equal(3, result.DeletedObjects.Count);
        Assert.Null((await S3.ListObjectsV2Async(new() { BucketName = Name }, Token)).S3Objects);
    }

    [Fact]
    public async Task Copy_keeps_content_type_and_metadata_unless_told_to_replace()
    {
        await PutAsync("from + ü", "content", request => { request.ContentType = "text/x-idf"; request.Metadata.Add("a", "1"); });
        await S3.CopyObjectAsync(Name, "from + ü", Name, "to/kept", Token);
        var kept = await S3.GetObjectMetadataAsync(Name, "to/kept", Token);
        Assert.Equal(("text/x-idf", "1"), (kept.Headers.ContentType, kept.Metadata["a"]));
        var replacing = new CopyObjectRequest
        {
            SourceBucket = Name, SourceKey = "from + ü", DestinationBucket = Name, DestinationKey = "from + ü",
            MetadataDirective = S3MetadataDirective.REPLACE, ContentType = "text/plain",
        };
        await S3.CopyObjectAsync(replacing, Token);
        var replaced = await S3.GetObjectMetadataAsync(Name, "from + ü", Token);
        Assert.Equal(("text/plain", 0), (replaced.Headers.ContentType, replaced.Metadata.Count));
        await FailsAsync(HttpStatusCode.NotFound, "NoSuchKey", () => S3.CopyObjectAsync(Name, "none", Name, "x", Token));
        await FailsAsync(HttpStatusCode.BadRequest, "InvalidRequest", () => S3.CopyObjectAsync(Name, "to/kept", Name, "to/kept", Token));
    }

    [Fact]
    public async Task Virtual_host_addressing_reaches_the_bucket()
    {
        await PutAsync("a b", "1");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Bucket.Endpoint, "a%20b"));
        request.Headers.Host = $"{Name}.s3.localhost:{Bucket.Endpoint.Port}";
        using var answer = await Http.SendAsync(request, Token);
        Assert.Equal("1", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Buckets_are_the_one_and_unsupported_operations_say_so()
    {
        Assert.Equal(Name, (await S3.ListBucketsAsync(Token)).Buckets.Single().BucketName);
        Assert.Equal("us-east-1", (await S3.HeadBucketAsync(new() { BucketName = Name }, Token)).BucketRegion);
        await S3.GetBucketLocationAsync(Name, Token);
        await FailsAsync(HttpStatusCode.NotImplemented, "NotImplemented", () => S3.PutBucketPolicyAsync(Name, "{}", Token));
    }

    [Fact]
    public async Task A_download_under_way_keeps_its_content_when_the_object_is_replaced()
    {
        await PutAsync("big", new string('a', 3_000_000));
        using var response = await S3.GetObjectAsync(Name, "big", Token);
        await PutAsync("big", new string('b', 3_000_000));
        using var reader = new StreamReader(response.ResponseStream);
        Assert.Equal(new string('a', 3_000_000), await reader.ReadToEndAsync(Token));
    }

    private async Task<string> RawAsync(string request)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Bucket.Endpoint.Port, Token);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Token);
    }

    private static string Md5(string content) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(content)));
}
