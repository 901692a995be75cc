using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;

namespace IdfKit.Cli.Tests.Doctor.Cloud;

/// <summary>Runs the tool's doctor at a server, and asks that server for what a test needs.</summary>
internal sealed class Doctored(Uri server, string key = "local", string secret = "local-secret") : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = server };

    public AmazonS3Client S3 { get; } = new(new BasicAWSCredentials(key, secret), new AmazonS3Config
    {
        ServiceURL = server.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1",
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
    });

    public static string NewName() => "d" + Guid.NewGuid().ToString("N")[..15];

    /// <param name="at">Where the tool asks; null: the server itself.</param>
    /// <param name="arguments">After <c>doctor</c>.</param>
    public Task<(int ExitCode, string Output)> RunAsync(Uri? at, params string[] arguments) => RunAsync(at, [], arguments);

    public Task<(int ExitCode, string Output)> RunAsync(Uri? at, (string Name, string Value)[] more, params string[] arguments)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = (at ?? server).AbsoluteUri.TrimEnd('/'), ["AWS_ACCESS_KEY_ID"] = key, ["AWS_SECRET_ACCESS_KEY"] = secret,
            ["AWS_REGION"] = "us-east-1",
        };
        foreach (var (name, value) in more) variables[name] = value;
        return Tool.RunAsync(variables, ["doctor", .. arguments]);
    }

    public async Task<string> NewBucketAsync()
    {
        var name = NewName();
        await S3.PutBucketAsync(name);
        return name;
    }

    public Task<string> FormAsync(string service, string action, params (string Name, string Value)[] fields) => AskAsync(service,
        new FormUrlEncodedContent([new("Action", action), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]), null);

    public async Task<JsonNode> JsonAsync(string service, string target, JsonObject question)
    {
        var type = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        var answer = await AskAsync(service, new StringContent(question.ToJsonString(), Encoding.UTF8, type), target);
        return JsonNode.Parse(answer.Length > 0 ? answer : "{}")!;
    }

    public async Task PutAsync(string service, string path, string content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(content) };
        (await SendAsync(service, request)).Dispose();
    }

    public void Dispose()
    {
        _http.Dispose();
        S3.Dispose();
    }

    private async Task<string> AskAsync(string service, HttpContent content, string? target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        if (target is not null) request.Headers.Add("X-Amz-Target", target);
        using var answer = await SendAsync(service, request);
        return await answer.Content.ReadAsStringAsync();
    }

    // Moto reads the service out of the signature, and does not check it.
    private async Task<HttpResponseMessage> SendAsync(string service, HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential={key}/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        var answer = await _http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return answer;
    }
}
