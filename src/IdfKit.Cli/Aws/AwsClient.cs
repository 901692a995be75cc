using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace IdfKit.Cli.Aws;

/// <summary>Asks services of AWS one signed question at a time. A failure is an answer; only cancellation is thrown.</summary>
internal sealed class AwsClient(AwsAccount account, HttpClient http)
{
    public AwsAccount Account => account;

    /// <summary>For all clients of one look: answers are not followed elsewhere, since a redirect is an answer about the region.</summary>
    public static HttpClient NewHttp() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };

    public AwsClient As(AwsAccount other) => new(other, http);

    /// <summary>A service that takes forms and answers XML.</summary>
    public Task<AwsAnswer> FormAsync(
        AwsService service, string action, IEnumerable<(string Name, string Value)> fields, CancellationToken cancellationToken)
    {
        IEnumerable<(string Name, string Value)> all = [("Action", action), ("Version", service.Version), .. fields];
        var body = Encoding.UTF8.GetBytes(Joined(all));
        return SendAsync(service, HttpMethod.Post, server => server, body, "application/x-www-form-urlencoded", null, cancellationToken);
    }

    /// <summary>A service that takes and answers JSON.</summary>
    public Task<AwsAnswer> JsonAsync(AwsService service, string action, JsonObject question, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(question.ToJsonString());
        var type = $"application/x-amz-json-{service.Version}";
        return SendAsync(service, HttpMethod.Post, server => server, body, type, $"{service.Target}.{action}", cancellationToken);
    }

    /// <summary>A question that stands in the path, which is escaped already.</summary>
    public Task<AwsAnswer> GetAsync(
        AwsService service, string path, IEnumerable<(string Name, string Value)> query, CancellationToken cancellationToken) =>
        SendAsync(service, HttpMethod.Get, server => At(server, path, query), [], null, null, cancellationToken);

    /// <summary>A question about a bucket, or about one object in it.</summary>
    public Task<AwsAnswer> BucketAsync(
        HttpMethod method, string bucket, string key, IEnumerable<(string Name, string Value)> query,
        CancellationToken cancellationToken) =>
        SendAsync(AwsService.S3, method, server => At(PlaceOf(bucket, server, out var path), path + Escaped(key), query),
            [], null, null, cancellationToken);

    private async Task<AwsAnswer> SendAsync(AwsService service, HttpMethod method, Func<Uri, Uri> placeAt, byte[] body, string? type,
        string? target, CancellationToken cancellationToken)
    {
        if (account.ServerOf(service) is not { } server) return AwsAnswer.NoServer;
        using var request = new HttpRequestMessage(method, placeAt(server));
        if (type is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        if (target is not null) request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        AwsSignature.Sign(request, body, account.Keys, account.ScopeOf(service), service, TimeProvider.System.GetUtcNow());
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return await AwsAnswer.ReadAsync(response, cancellationToken);
        }
        catch (HttpRequestException e) { return AwsAnswer.Unreachable($"{server.Authority} does not answer: {e.Message.TrimEnd('.')}"); }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AwsAnswer.Unreachable($"{server.Authority} does not answer within {http.Timeout.TotalSeconds:0} s");
        }
    }

    // Amazon's own buckets are hosts; with a dot in the name the host's certificate does not fit.
    private Uri PlaceOf(string bucket, Uri server, out string path)
    {
        var isHost = account.S3Server is null && !bucket.Contains('.', StringComparison.Ordinal);
        path = isHost ? "/" : $"/{bucket}/";
        return isHost ? new UriBuilder(server) { Host = $"{bucket}.{server.Host}" }.Uri : server;
    }

    private static Uri At(Uri server, string path, IEnumerable<(string Name, string Value)> query)
    {
        var asked = Joined(query);
        return new Uri(server.GetLeftPart(UriPartial.Path).TrimEnd('/') + path + (asked.Length == 0 ? "" : "?" + asked));
    }

    private static string Joined(IEnumerable<(string Name, string Value)> fields) => string.Join('&', fields
        .Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}").Order(StringComparer.Ordinal));

    private static string Escaped(string key) => string.Join('/', key.Split('/').Select(Uri.EscapeDataString));
}
