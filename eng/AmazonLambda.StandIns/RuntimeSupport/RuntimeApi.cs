using System.Net;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The five calls of Lambda's Runtime API, 2018-06-01 (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).</summary>
internal sealed class RuntimeApi
{
    private readonly HttpClient _http;
    private readonly string _root;
    private readonly Uri _next;

    public RuntimeApi(HttpClient http, string? endpoint)
    {
        if (string.IsNullOrEmpty(endpoint))
            throw new InvalidOperationException(
                "AWS_LAMBDA_RUNTIME_API is not set: this program runs inside Lambda, or under an emulator that sets it.");
        _http = http;
        _root = $"http://{endpoint}/2018-06-01/runtime/";
        _next = new Uri(_root + "invocation/next");
    }

    /// <summary>Waits until there is an event, hours if need be.</summary>
    public async Task<InvocationRequest> NextAsync(
        ILambdaLogger logger, ILambdaSerializer? serializer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _next);
        using var response =
            await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        await RequireAsync(response, HttpStatusCode.OK, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var context = LambdaContext.FromHeaders(response.Headers, logger, serializer);
        // The X-Ray SDK, and whoever else asks, finds the trace here.
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", context.TraceId.Length == 0 ? null : context.TraceId);
        return new InvocationRequest(new MemoryStream(body, writable: false), context);
    }

    public async Task PostResponseAsync(string requestId, Stream output, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(output);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await PostAsync($"invocation/{requestId}/response", content, cancellationToken).ConfigureAwait(false);
    }

    public Task PostErrorAsync(string requestId, Exception error, CancellationToken cancellationToken) =>
        PostErrorToAsync($"invocation/{requestId}/error", error, cancellationToken,
            ("Lambda-Runtime-Function-Error-Type", ErrorReport.TypeOf(error)), (XRayCause.Header, XRayCause.Of(error)));

    /// <summary>Without a type of its own, as the published packages send it: the document has the exception's.</summary>
    public Task PostInitErrorAsync(Exception error, CancellationToken cancellationToken) =>
        PostErrorToAsync("init/error", error, cancellationToken);

    private async Task PostErrorToAsync(
        string path, Exception error, CancellationToken cancellationToken, params (string Name, string? Value)[] headers)
    {
        using var content = new ByteArrayContent(ErrorReport.ToJson(error));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.aws.lambda.error+json");
        await PostAsync(path, content, cancellationToken, headers).ConfigureAwait(false);
    }

    private async Task PostAsync(
        string path, HttpContent content, CancellationToken cancellationToken, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _root + path) { Content = content };
        foreach (var (name, value) in headers)
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        using var response =
            await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        await RequireAsync(response, HttpStatusCode.Accepted, cancellationToken).ConfigureAwait(false);
        // Read to its end, so that the connection is used again.
        await response.Content.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
    }

    private static async Task RequireAsync(HttpResponseMessage response, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        if (response.StatusCode == expected) return;
        var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var request = response.RequestMessage;
        throw new RuntimeApiClientException(
            $"The Runtime API answered {(int)response.StatusCode} to {request?.Method} "
                + $"{request?.RequestUri?.AbsolutePath}, not {(int)expected}.",
            (int)response.StatusCode,
            body,
            response.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase),
            innerException: null);
    }
}
