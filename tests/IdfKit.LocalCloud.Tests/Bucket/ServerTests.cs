using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

using IdfKit.LocalCloud.Bucket;

namespace IdfKit.LocalCloud.Tests;

public sealed class ServerTests : BucketTests
{
    [Fact]
    public async Task A_restart_keeps_content_type_metadata_and_multipart_etags()
    {
        await PutAsync("x", "1", request => { request.ContentType = "text/x"; request.Metadata.Add("a", "b"); });
        await Bucket.DisposeAsync();
        await using var again = await LocalBucketServer.StartAsync(
            new LocalBucketOptions { Directory = Folder["bucket"], BucketName = Name }, Token);
        using var answer = await Http.GetAsync(new Uri(again.Endpoint, Name + "/x"), Token);
        Assert.Equal("text/x", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("b", answer.Headers.GetValues("x-amz-meta-a").Single());
    }

    [Fact]
    public async Task Start_on_a_folder_that_is_served_already_or_on_a_taken_port_fails_with_a_sentence()
    {
        var e = await Assert.ThrowsAsync<IOException>(
            () => LocalBucketServer.StartAsync(new LocalBucketOptions { Directory = Folder["bucket"] }, Token));
        Assert.Contains("is being served as a bucket already", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(
            () => LocalBucketServer.StartAsync(new LocalBucketOptions { Directory = Folder["other"], Port = Bucket.Endpoint.Port }, Token));
        await using var other = await LocalBucketServer.StartAsync(new LocalBucketOptions { Directory = Folder["other"] }, Token);
    }

    [Fact]
    public async Task Who_asks_whether_a_folder_is_served_is_not_taken_for_a_server()
    {
        Assert.True(LocalBucketServer.IsServed(Folder["bucket"]));
        await Bucket.DisposeAsync();
        using var asking = new FileStream(
            Path.Combine(Folder["bucket"], ".idfkit", "lock"), FileMode.Open, FileAccess.Read, FileShare.Read);
        Assert.False(LocalBucketServer.IsServed(Folder["bucket"]));
    }

    [Theory]
    [InlineData(".idfkit")]
    [InlineData(".idfkit", "lock")]
    public void A_folder_whose_lock_is_a_link_to_that_of_another_is_not_served(params string[] link)
    {
        var path = Path.Combine([Folder["foreign"], .. link]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, Path.Combine([Folder["bucket"], .. link]));
        Assert.True(LocalBucketServer.IsServed(Folder["bucket"]));
        Assert.False(LocalBucketServer.IsServed(Folder["foreign"]));
    }

    [Theory]
    [InlineData(".idfkit")]
    [InlineData(".idfkit", "sequencer.new")]
    [InlineData(".idfkit", "function.log")]
    [InlineData(".idfkit", "objects")]
    [InlineData(".idfkit", "objects", "ab", "cd.json.new")]
    public async Task A_hidden_folder_with_a_link_in_it_is_refused_by_name_and_nothing_is_written_there(params string[] link)
    {
        var bucket = Folder["foreign"];
        var path = Path.Combine([bucket, .. link]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(Folder["elsewhere"]);
        File.CreateSymbolicLink(path, Folder["elsewhere"]);
        var e = await Assert.ThrowsAsync<IOException>(
            () => LocalBucketServer.StartAsync(new LocalBucketOptions { Directory = bucket, BucketName = Name }, Token));
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder["elsewhere"]));
        File.Delete(path);
        await using var server = await LocalBucketServer.StartAsync(
            new LocalBucketOptions { Directory = bucket, BucketName = Name }, Token);
    }

    [Fact]
    public async Task A_client_of_Lambda_that_has_this_address_is_told_that_the_function_has_another()
    {
        using var call = new HttpRequestMessage(
            HttpMethod.Post, new Uri(Bucket.Endpoint, "2015-03-31/functions/idfkit/invocations"));
        call.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await Http.SendAsync(call, Token);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        var said = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
        Assert.Equal(
            "This is the address of a bucket; the function has another, which 'idfkit dev' prints behind Lambda.",
            (string?)said["message"]);
    }

    [Fact]
    public async Task A_folder_that_is_removed_while_it_is_served_keeps_no_server_from_ending()
    {
        using var connected = new TcpClient(Bucket.Endpoint.Host, Bucket.Endpoint.Port); // another may listen there afterwards
        var stream = connected.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HEAD /{Name}/x HTTP/1.1\r\nHost: {Bucket.Endpoint.Authority}\r\n\r\n"), Token);
        Assert.Equal(1, await stream.ReadAsync(new byte[1], Token)); // an answer: the server has taken the connection
        Directory.Delete(Folder["bucket"], recursive: true);
        await Bucket.DisposeAsync();
        await EndAsync(stream);
    }

    /// <summary>Reads until the connection ends, in either way.</summary>
    private static async Task EndAsync(NetworkStream stream)
    {
        try { await stream.CopyToAsync(Stream.Null, Token); }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset }) { return; }
    }

    [Fact]
    public async Task A_folder_that_is_removed_while_content_comes_is_not_made_anew()
    {
        using var bucket = new BucketFolder(Folder["gone"], TimeProvider.System);
        var path = bucket.NewTemporaryPath();
        await File.WriteAllTextAsync(path, "1", Token);
        using var content = new StagedContent(Folder["kept"], 1, "e", new Dictionary<string, string>());
        File.Move(path, content.Path);
        Directory.Delete(Folder["gone"], recursive: true);
        var refused = await Assert.ThrowsAsync<S3Exception>(() => bucket.CommitAsync(
            "p/x", content, new Dictionary<string, string>(), default, "ObjectCreated:Put", Token));
        Assert.Equal("NoSuchBucket", refused.Code);
        Assert.False(Directory.Exists(Folder["gone"]));
    }

    [Fact]
    public async Task With_an_access_key_id_others_are_refused()
    {
        var options = new LocalBucketOptions { Directory = Folder["guarded"], BucketName = Name, AccessKeyId = "KNOWN" };
        await using var guarded = await LocalBucketServer.StartAsync(options, Token);
        using var anonymous = await Http.GetAsync(new Uri(guarded.Endpoint, Name), Token);
        Assert.Equal(HttpStatusCode.Forbidden, anonymous.StatusCode);
        using var known = Signed("KNOWN");
        await known.PutObjectAsync(new PutObjectRequest { BucketName = Name, Key = "x", ContentBody = "1" }, Token);
        using var other = Signed("OTHER");
        await FailsAsync(HttpStatusCode.Forbidden, "InvalidAccessKeyId", () => other.GetObjectAsync(Name, "x", Token));

        AmazonS3Client Signed(string id) => new(id, "secret", new AmazonS3Config
        { ServiceURL = guarded.Endpoint.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
    }

    [Fact]
    public async Task A_presigned_address_works_until_it_expires()
    {
        await PutAsync("x", "1");
        var request = new GetPreSignedUrlRequest
        {
            BucketName = Name, Key = "x", Protocol = Protocol.HTTP, Expires = DateTime.UtcNow.AddMinutes(5)
        };
        Assert.Equal("1", await Http.GetStringAsync(new Uri(await S3.GetPreSignedURLAsync(request)), Token));
        request.Expires = DateTime.UtcNow.AddMinutes(-5);
        using var late = await Http.GetAsync($"{Bucket.Endpoint}{Name}/x?X-Amz-Date=20200101T000000Z&X-Amz-Expires=60", Token);
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("a/b")]
    public void A_bucket_name_that_S3_would_refuse_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new LocalBucketOptions { Directory = ".", BucketName = name });
}
