using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>What a state machine asked of Lambda, and the status that answered.</summary>
internal sealed record LambdaCall(string Payload, int Status);

/// <summary>
/// Where moto's state machines call AWS: what they ask of Lambda goes to the local one, everything else back to moto. A call may be
/// answered in Lambda's place.
/// </summary>
internal sealed class LambdaFront : IAsyncDisposable
{
    private const string Functions = "/2015-03-31/functions/";
    private static readonly HashSet<string> HopByHop = new(["Host", "Connection", "Transfer-Encoding"], StringComparer.OrdinalIgnoreCase);
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<string, (int Status, string Type)> _refusals = new();
    private readonly ConcurrentQueue<LambdaCall> _calls = new();
    private readonly Uri _moto, _lambda;
    private readonly WebApplication _server;

    private LambdaFront(int port, Uri moto, Uri lambda)
    {
        (_moto, _lambda) = (moto, lambda);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://localhost:{port}");
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        _server = builder.Build();
        _server.Run(HandleAsync);
    }

    public IReadOnlyCollection<LambdaCall> Calls => _calls;

    /// <summary>Answers what is asked of AWS Batch; null: moto does.</summary>
    public BatchJobs? Batch { get; set; }

    public static async Task<LambdaFront> StartAsync(int port, Uri moto, Uri lambda)
    {
        var front = new LambdaFront(port, moto, lambda);
        await front._server.StartAsync(TestContext.Current.CancellationToken);
        return front;
    }

    /// <summary>The next call whose payload holds the text is answered so, once, and does not reach the function.</summary>
    public void RefuseOnce(string part, int status, string errorType) => _refusals[part] = (status, errorType);

    /// <summary>The texts of which no call has come.</summary>
    public IEnumerable<string> NotRefused => _refusals.Keys;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var isLambda = context.Request.Path.Value!.StartsWith(Functions, StringComparison.Ordinal);
        if (Batch is { } batch && await batch.TryAnswerAsync(context, body.ToArray())) return;
        var payload = isLambda ? Encoding.UTF8.GetString(body.ToArray()) : "";
        var refused = _refusals.Keys.FirstOrDefault(part => payload.Contains(part, StringComparison.Ordinal));
        if (refused is not null && _refusals.TryRemove(refused, out var refusal)) await RefuseAsync(context.Response, refusal);
        else await ForwardAsync(context, isLambda ? _lambda : _moto, body.ToArray());
        if (isLambda) _calls.Enqueue(new LambdaCall(payload, context.Response.StatusCode));
    }

    private static async Task RefuseAsync(HttpResponse response, (int Status, string Type) refusal)
    {
        response.StatusCode = refusal.Status;
        response.ContentType = "application/json";
        response.Headers["x-amzn-ErrorType"] = refusal.Type;
        response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        await response.WriteAsync("""{"Type": "User", "message": "Refused by the test."}""");
    }

    private async Task ForwardAsync(HttpContext context, Uri to, byte[] body)
    {
        var (request, response) = (context.Request, context.Response);
        using var call = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(to, request.Path + request.QueryString.Value));
        call.Content = new ByteArrayContent(body);
        foreach (var (name, value) in request.Headers.Where(header => !HopByHop.Contains(header.Key)))
        {
            string?[] values = [.. value];
            if (!call.Headers.TryAddWithoutValidation(name, values)) call.Content.Headers.TryAddWithoutValidation(name, values);
        }
        using var answer = await _http.SendAsync(call, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !HopByHop.Contains(header.Key)))
            response.Headers[name] = values.ToArray();
        await answer.Content.CopyToAsync(response.Body, context.RequestAborted);
    }
}
