using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>The ways to say who calls and where to. Alone in its collection, since it sets variables of the process.</summary>
[Collection(nameof(S3ConnectionTests))]
[CollectionDefinition(nameof(S3ConnectionTests), DisableParallelization = true)]
public sealed class S3ConnectionTests(RgwServer rgw) : IAsyncLifetime
{
    private readonly TestBucket _bucket = new(rgw);
    private readonly TemporaryFolder _folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _bucket.DisposeAsync();
    }

    [Fact]
    public async Task Credentials_and_endpoint_come_from_the_environment()
    {
        using var _ = new Variables(("AWS_ACCESS_KEY_ID", rgw.AccessKeyId), ("AWS_SECRET_ACCESS_KEY", rgw.SecretAccessKey),
            ("AWS_ENDPOINT_URL_S3", rgw.EndpointUrl.AbsoluteUri));
        await using var fs = new AsyncS3FileSystem(await _bucket.CreateAsync());
        await fs.WriteTextAsync("f", "x");
        Assert.Equal("x", await fs.ReadTextAsync("f"));
    }

    [Fact]
    public async Task Credentials_come_from_the_shared_file()
    {
        await File.WriteAllTextAsync(_folder["credentials"],
            $"[work]\naws_access_key_id = {rgw.AccessKeyId}\naws_secret_access_key = {rgw.SecretAccessKey}\n");
        using var _ = new Variables(("AWS_PROFILE", "work"), ("AWS_ACCESS_KEY_ID", null), ("AWS_SECRET_ACCESS_KEY", null));
        Amazon.AWSConfigs.AWSProfilesLocation = _folder["credentials"];  // AWS_SHARED_CREDENTIALS_FILE is read once per process
        await using var fs = new AsyncS3FileSystem(await _bucket.CreateAsync(), new S3FileSystemOptions { EndpointUrl = rgw.EndpointUrl });
        await fs.WriteTextAsync("f", "x");
        Assert.Equal("x", await fs.ReadTextAsync("f"));
    }

    [Fact]
    public async Task Credentials_come_from_the_role_of_the_container()
    {
        // ECS, Batch and App Runner hand out the role's temporary keys at a URL that only the container reaches.
        using var role = new HttpListener();
        var port = Ports.Free();
        role.Prefixes.Add($"http://127.0.0.1:{port}/");
        role.Start();
        var served = ServeAsync(role,
            $$"""{"AccessKeyId":"{{rgw.AccessKeyId}}","SecretAccessKey":"{{rgw.SecretAccessKey}}","Expiration":"2099-01-01T00:00:00Z"}""");
        using var _ = NoCredentials(("AWS_CONTAINER_CREDENTIALS_FULL_URI", $"http://127.0.0.1:{port}/role"));
        await using var fs = new AsyncS3FileSystem(await _bucket.CreateAsync(), new S3FileSystemOptions { EndpointUrl = rgw.EndpointUrl });
        await fs.WriteTextAsync("f", "x");
        Assert.Equal("x", await fs.ReadTextAsync("f"));
        role.Stop();
        Assert.InRange(await served, 1, 2);
    }

    [Fact, Rule("F1")]
    public async Task No_credentials_anywhere_is_AccessDenied_and_says_where_to_give_them()
    {
        using var _ = NoCredentials();
        await using var fs = new AsyncS3FileSystem(await _bucket.CreateAsync(),
            new S3FileSystemOptions { EndpointUrl = rgw.EndpointUrl, OperationTimeout = TimeSpan.FromSeconds(10) });
        foreach (var operation in S3Operations.All)
        {
            var error = await Assert.ThrowsAsync<StorageException>(() => operation.Value(fs, "f"));
            Assert.Equal((StorageErrorKind.AccessDenied, false), (error.Kind, error.IsTransient));
            Assert.Contains("no credentials were found; give them as options or in the environment",
                error.Message, StringComparison.Ordinal);
        }
    }

    [Theory, Rule("F1")]
    [InlineData(false, "the credentials of the client could not be had (InvalidOperationException)")]
    [InlineData(true, "the client needs AWSSDK.SecurityToken, which this program does not carry")]
    public async Task Client_of_the_caller_s_without_credentials_is_AccessDenied_and_says_why(bool role, string why)
    {
        AWSCredentials credentials = role ? new AssumeRoleAWSCredentials(new BasicAWSCredentials("k", "s"), "arn", "me") : new NoKeys();
        using var client = new AmazonS3Client(credentials, new AmazonS3Config { ServiceURL = rgw.EndpointUrl.AbsoluteUri });
        await using var fs = new AsyncS3FileSystem("bucket", client);
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.ReadBytesAsync("f"));
        Assert.Equal((StorageErrorKind.AccessDenied, false), (error.Kind, error.IsTransient));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact, Rule("F1")]
    public async Task No_region_is_AccessDenied_and_says_what_to_set()
    {
        using var _ = NoCredentials(("AWS_REGION", null), ("AWS_DEFAULT_REGION", null));
        await using var fs = new AsyncS3FileSystem("bucket", new S3FileSystemOptions { Credentials = new S3Credentials("key", "secret") });
        var error = await Assert.ThrowsAsync<StorageException>(() => fs.ReadBytesAsync("f"));
        Assert.Equal(StorageErrorKind.AccessDenied, error.Kind);
        Assert.Contains("set Region", error.Message, StringComparison.Ordinal);
    }

    [Fact, Rule("P5")]
    public async Task Prefix_is_kept_from_every_path_and_never_left()
    {
        await using var all = await _bucket.OpenAsync();
        await using var sims = await _bucket.OpenAsync(options => options with { Prefix = "sims/" });
        await all.WriteTextAsync("simsother", "x");
        await all.WriteTextAsync("other/f", "x");
        await sims.WriteTextAsync("f", "inside");
        Assert.Equal("inside", await all.ReadTextAsync("sims/f"));
        Assert.Equal(["f"], await sims.GlobAsync("", "**").ToListAsync());
        Assert.Equal(StorageErrorKind.InvalidPath,
            (await Assert.ThrowsAsync<StorageException>(() => sims.ReadBytesAsync("../other/f"))).Kind);
        foreach (var wrong in new[] { "/", "a//b", "../x", "/a" })
            Assert.Throws<ArgumentException>(() => new S3FileSystemOptions { Prefix = wrong });
    }

    [Fact]
    public async Task Long_keys_folder_markers_and_keys_that_are_no_paths_do_no_harm()
    {
        var name = await _bucket.CreateAsync();
        await using var fs = await _bucket.OpenAsync();
        foreach (var key in new[] { "a/", "a//b", "a/../c", "a/f" })
            await _bucket.Client.PutObjectAsync(new() { BucketName = name, Key = key, ContentBody = "x" });
        var longest = new string('k', 900) + ".idf";
        await fs.WriteTextAsync(longest, "y");
        Assert.Equal("y", await fs.ReadTextAsync(longest));
        Assert.Equal(["a/f", longest], await fs.GlobAsync("", "**").ToListAsync());
        Assert.Equal(["a/f"], await fs.GlobAsync("a", "*").ToListAsync());
    }

    // The SDK keeps what it once found until a variable that it watches changes, so each call gives one of them a value of its own.
    private Variables NoCredentials(params (string Name, string? Value)[] more)
    {
        Amazon.AWSConfigs.AWSProfilesLocation = _folder["none"];
        return new Variables([
            ("AWS_ACCESS_KEY_ID", null), ("AWS_SECRET_ACCESS_KEY", null), ("AWS_PROFILE", null),
            ("AWS_SESSION_TOKEN", Guid.NewGuid().ToString()), ("AWS_EC2_METADATA_DISABLED", "true"),
            ("HOME", _folder.Path), .. more
        ]);
    }

    private static async Task<int> ServeAsync(HttpListener listener, string answer)
    {
        for (var count = 0; ; count++)
        {
            try
            {
                var call = await listener.GetContextAsync();
                call.Response.ContentType = "application/json";
                await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
                call.Response.Close();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return count;
            }
        }
    }

    private sealed class NoKeys : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new InvalidOperationException("a secret");
    }

    private sealed class Variables : IDisposable
    {
        private readonly List<(string Name, string? Value)> _before = [];

        public Variables(params (string Name, string? Value)[] values)
        {
            foreach (var (name, value) in values)
            {
                _before.Add((name, Environment.GetEnvironmentVariable(name)));
                Environment.SetEnvironmentVariable(name, value);
            }
        }

        public void Dispose()
        {
            foreach (var (name, value) in _before) Environment.SetEnvironmentVariable(name, value);
        }
    }
}
