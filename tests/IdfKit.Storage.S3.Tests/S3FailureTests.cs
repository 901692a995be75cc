using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.S3;
using FaultProxies;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>What a wrong setup looks like to the caller.</summary>
public sealed class S3FailureTests(RgwServer rgw) : IAsyncLifetime
{
    private readonly TestBucket _bucket = new(rgw);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bucket.DisposeAsync();

    public static TheoryData<string> Operations => [.. S3Operations.All.Keys];

    [Theory, MemberData(nameof(Operations)), Rule("E2", "F1")]
    public async Task Missing_bucket_is_NotFound_and_named(string operation)
    {
        await using var fs = new AsyncS3FileSystem("no-such-bucket-here", _bucket.Options);
        var error = await Failure(fs, operation);
        Assert.Equal((StorageErrorKind.NotFound, false), (error.Kind, error.IsTransient));
        Assert.Contains("no bucket 'no-such-bucket-here'", error.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Operations)), Rule("E2", "F2")]
    public async Task Wrong_secret_is_AccessDenied_without_showing_it(string operation)
    {
        await using var fs = await _bucket.OpenAsync(
            options => options with { Credentials = new S3Credentials(rgw.AccessKeyId, "wrong-secret-0123456789") });
        var error = await Failure(fs, operation);
        Assert.Equal((StorageErrorKind.AccessDenied, false), (error.Kind, error.IsTransient));
        foreach (var secret in new[] { "wrong-secret", rgw.SecretAccessKey, "Signature=", "X-Amz-Signature" })
            Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact, Rule("E2")]
    public async Task Unknown_key_is_AccessDenied()
    {
        await using var fs =
            await _bucket.OpenAsync(options => options with { Credentials = new S3Credentials("unknownkey0000000001", "x") });
        Assert.Equal(StorageErrorKind.AccessDenied, (await Failure(fs, "Exists")).Kind);
    }

    [Fact, Rule("E2")]
    public async Task Forbidden_bucket_is_AccessDenied_and_not_absent()
    {
        var name = await _bucket.CreateAsync();
        await _bucket.Client.PutObjectAsync(new() { BucketName = name, Key = "hidden", ContentBody = "x" });
        var denied = $$"""{"Effect":"Deny","Principal":"*","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::{{name}}/*"]}""";
        await _bucket.Client.PutBucketPolicyAsync(name, $$"""{"Version":"2012-10-17","Statement":[{{denied}}]}""");
        await using var fs = await _bucket.OpenAsync();
        foreach (var operation in new[] { "Exists", "Stat", "ReadBytes", "Download", "OpenRead" })
            Assert.Equal(StorageErrorKind.AccessDenied, (await Failure(fs, operation, "hidden")).Kind);
    }

    [Fact, Rule("F1", "F3")]
    public async Task Endpoint_that_nobody_listens_on_is_Unavailable()
    {
        using var held = new Socket(SocketType.Stream, ProtocolType.Tcp); // so that nobody else listens there meanwhile
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var fs = new AsyncS3FileSystem("bucket",
            _bucket.Options with { EndpointUrl = new Uri($"http://{held.LocalEndPoint}"), OperationTimeout = TimeSpan.FromSeconds(5) });
        await AllFail(fs, StorageErrorKind.Unavailable, isTransient: true, "");
    }

    [Fact, Rule("F1")]
    public async Task Endpoint_that_answers_with_a_web_page_is_Unavailable_and_said_to_be_no_S3()
    {
        using var page = new WebPage();
        await using var fs = new AsyncS3FileSystem(
            "bucket", _bucket.Options with { EndpointUrl = page.Url, OperationTimeout = TimeSpan.FromSeconds(10) });
        await AllFail(fs, StorageErrorKind.Unavailable, isTransient: false, "no S3 server");
    }

    [Fact, Rule("F3")]
    public async Task Endpoint_that_never_answers_is_Unavailable_within_the_budget()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var fs = new AsyncS3FileSystem("bucket",
            _bucket.Options with { EndpointUrl = new Uri($"http://{silent.LocalEndpoint}"), OperationTimeout = TimeSpan.FromSeconds(1) });
        await AllFail(fs, StorageErrorKind.Unavailable, isTransient: true, "within 1 s").WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Theory, Rule("F1")]
    [InlineData(301, "PermanentRedirect")]
    [InlineData(400, "AuthorizationHeaderMalformed")]
    public async Task Bucket_of_another_region_is_AccessDenied_and_says_what_to_set(int status, string code)
    {
        await using var proxied = new ProxiedBucket(rgw);
        await using var fs = await proxied.OpenAsync();
        proxied.Proxy.Script = _ => new Fault.Answer(status, code);
        // A HEAD is answered without a body, where only the status tells.
        var told = status == 301 ? S3Operations.All.Keys : ["ReadBytes", "WriteBytes", "WriteParts", "Download", "List"];
        foreach (var operation in told)
        {
            var error = await Failure(fs, operation);
            Assert.Equal((StorageErrorKind.AccessDenied, false), (error.Kind, error.IsTransient));
            Assert.Contains("set Region", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact, Rule("F4")]
    public async Task After_dispose_every_call_says_so()
    {
        var fs = await _bucket.OpenAsync();
        await fs.DisposeAsync();
        await fs.DisposeAsync();
        foreach (var (name, call) in S3Operations.All.Concat(WithoutRequests))
        {
            var error = await Assert.ThrowsAsync<ObjectDisposedException>(() => call(fs, "f"));
            Assert.True(error.ObjectName.Contains(nameof(AsyncS3FileSystem), StringComparison.Ordinal), name);
        }
        var blocking = new S3FileSystem(_bucket.Name, _bucket.Options);
        blocking.Dispose();
        blocking.Dispose();
        Assert.Throws<ObjectDisposedException>(() => blocking.Exists("f"));
        Assert.Throws<ObjectDisposedException>(() => blocking.MakeDirectories("f", existOk: true));
        Assert.Throws<ObjectDisposedException>(() => blocking.PresignGet("f", TimeSpan.FromHours(1)));
    }

    [Fact, Rule("F1")]
    public async Task Every_failure_bears_the_name_of_what_was_asked()
    {
        await using var proxied = new ProxiedBucket(rgw);
        await using var fs = await proxied.OpenAsync();
        proxied.Proxy.Script = _ => new Fault.Answer(403, "AccessDenied");
        foreach (var (name, call) in S3Operations.All)
        {
            var error = await Assert.ThrowsAsync<StorageException>(() => call(fs, "f"));
            var asked = name.Replace("Parts", "", StringComparison.Ordinal);
            Assert.Equal(asked, error.Operation);
            Assert.StartsWith(asked + " ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_of_the_callers_stays_open()
    {
        var name = await _bucket.CreateAsync();
        var fs = new AsyncS3FileSystem(name, _bucket.Client);
        await fs.WriteTextAsync("f", "x");
        await fs.DisposeAsync();
        Assert.Single((await _bucket.Client.ListObjectsV2Async(new() { BucketName = name })).S3Objects);
    }

    // What makes no request of its own, or none with these arguments.
    private static IReadOnlyDictionary<string, Func<IAsyncFileSystem, string, Task>> WithoutRequests { get; } =
        new Dictionary<string, Func<IAsyncFileSystem, string, Task>>
        {
            ["MakeDirectories with existOk"] = (fs, path) => fs.MakeDirectoriesAsync(path, existOk: true),
            ["Copy onto itself"] = (fs, path) => fs.CopyAsync(path, path),
            ["Move onto itself"] = (fs, path) => fs.MoveAsync(path, path),
            ["RemoveMany of none"] = (fs, _) => fs.RemoveManyAsync([]),
            ["ReadRanges of none"] = (fs, path) => fs.ReadRangesAsync(path, []),
            ["ReadRange of no bytes"] = (fs, path) => fs.ReadRangeAsync(path, 0, Memory<byte>.Empty),
            ["PresignGet"] = (fs, path) => fs.PresignGetAsync(path, TimeSpan.FromHours(1)),
            ["PresignPut"] = (fs, path) => fs.PresignPutAsync(path, TimeSpan.FromHours(1)),
            ["OpenReadVersion"] = (fs, path) => fs.OpenReadVersionAsync(path, "v"),
            ["Upload of what is not there"] = (fs, path) => fs.UploadAsync("/no/such/file", path),
            ["AbortUploads"] = (fs, path) => ((AsyncS3FileSystem)fs).AbortUploadsAsync(path),
            ["Remove with ifMatch"] = (fs, path) => fs.RemoveAsync(path, "x"),
        };

    private static Task<StorageException> Failure(AsyncS3FileSystem fs, string operation, string path = "f") =>
        Assert.ThrowsAsync<StorageException>(() => S3Operations.All[operation](fs, path));

    private static Task AllFail(AsyncS3FileSystem fs, StorageErrorKind kind, bool isTransient, string says) =>
        Task.WhenAll(S3Operations.All.Select(async operation =>
        {
            var error = await Failure(fs, operation.Key);
            Assert.True(
                error.Kind == kind && error.IsTransient == isTransient && error.Message.Contains(says, StringComparison.Ordinal),
                $"{operation.Key}: {error}");
        }));

    /// <summary>Answers every request with the same page, as a captive portal does.</summary>
    private sealed class WebPage : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public WebPage()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public Uri Url => new($"http://{_listener.LocalEndpoint}");

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            while (true)
            {
                TcpClient client;
                try
                {
                    client = await _listener.AcceptTcpClientAsync();
                }
                catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
                {
                    return;
                }
                _ = AnswerAsync(client);
            }
        }

        private static async Task AnswerAsync(TcpClient client)
        {
            using (client)
            {
                var stream = client.GetStream();
                var head = new byte[16_384];
                var read = await stream.ReadAsync(head);
                var body = Encoding.ASCII.GetString(head, 0, read).StartsWith("HEAD", StringComparison.Ordinal)
                    ? ""
                    : "<!DOCTYPE html><html><body>Please sign in<br></body></html>";
                await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: "
                    + $"text/html\r\nContent-Length: {(body.Length > 0 ? body.Length : 58)}\r\nConnection: "
                    + $"close\r\n\r\n{body}"));
                await stream.FlushAsync();
                client.Client.Shutdown(SocketShutdown.Send);
                while (await stream.ReadAsync(head) > 0) continue;
            }
        }
    }
}
