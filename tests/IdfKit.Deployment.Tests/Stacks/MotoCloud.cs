using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

using TestBed;

namespace IdfKit.Deployment.Tests.Stacks;

/// <summary>moto's AWS over plain HTTP. It looks at a request's credentials only to know the service that is meant.</summary>
internal sealed class MotoCloud(MotoServer moto) : IDisposable
{
    public const string Account = "123456789012", Region = "eu-central-1";

    private readonly HttpClient _http = new() { BaseAddress = moto.EndpointUrl };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    /// <summary>A call of the query protocol.</summary>
    public async Task<XElement> QueryAsync(string service, string action, params (string Name, string Value)[] arguments)
    {
        var fields = arguments.Append(("Action", action)).ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);
        var answer = await SendAsync(service, HttpMethod.Post, "/", new FormUrlEncodedContent(fields));
        var root = XElement.Parse(answer);
        foreach (var element in root.DescendantsAndSelf()) element.Name = element.Name.LocalName;
        return root;
    }

    /// <summary>A call of the JSON protocol.</summary>
    public async Task<JsonNode> JsonAsync(string service, string target, JsonObject body)
    {
        var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.1");
        content.Headers.Add("X-Amz-Target", target);
        return JsonNode.Parse(await SendAsync(service, HttpMethod.Post, "/", content))!;
    }

    public async Task<JsonNode> GetJsonAsync(string service, string path) =>
        JsonNode.Parse(await SendAsync(service, HttpMethod.Get, path))!;

    public async Task<string> SendAsync(string service, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256", $"Credential=key/20260101/{Region}/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await _http.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{service} {method} {path}: {(int)answer.StatusCode} {text}");
        return text;
    }
}
