using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.LocalCloud.Tests;

/// <summary>A bucket over a folder of the test's own, with Amazon's client as it comes.</summary>
public abstract class BucketTests : IAsyncLifetime
{
    protected const string Name = "models";

    protected TestBed.TemporaryFolder Folder { get; } = new();

    protected LocalBucketServer Bucket { get; private set; } = null!;

    protected AmazonS3Client S3 { get; private set; } = null!;

    protected HttpClient Http { get; } = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Bucket = await LocalBucketServer.StartAsync(new LocalBucketOptions { Directory = Folder["bucket"], BucketName = Name }, Token);
        S3 = Client();
    }

    public async ValueTask DisposeAsync()
    {
        S3.Dispose();
        Http.Dispose();
        await Bucket.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected AmazonS3Client Client(string accessKeyId = "local", bool pathStyle = true) => new(
        new BasicAWSCredentials(accessKeyId, "secret"),
        new AmazonS3Config
        {
            ServiceURL = pathStyle ? Bucket.Endpoint.ToString() : $"http://localhost:{Bucket.Endpoint.Port}/",
            ForcePathStyle = pathStyle,
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
        });

    protected Task<PutObjectResponse> PutAsync(string key, string content, Action<PutObjectRequest>? more = null)
    {
        var request = new PutObjectRequest { BucketName = Name, Key = key, ContentBody = content };
        more?.Invoke(request);
        return S3.PutObjectAsync(request, Token);
    }

    protected async Task<string> GetAsync(string key)
    {
        using var response = await S3.GetObjectAsync(Name, key, Token);
        using var reader = new StreamReader(response.ResponseStream);
        return await reader.ReadToEndAsync(Token);
    }

    protected async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string target, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Bucket.Endpoint, target));
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request, Token);
    }

    protected static async Task FailsAsync(HttpStatusCode status, string code, Func<Task> operation)
    {
        var e = await Assert.ThrowsAnyAsync<AmazonS3Exception>(operation);
        Assert.Equal((status, code), (e.StatusCode, e.ErrorCode));
    }
}
