using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IdfKit.Storage.S3.Credentials.Tests;

/// <summary>
/// S3, STS, single sign-on, instance metadata and a container's role, on one port. S3 answers only requests that are signed by
/// <see cref="Expected"/>; the others answer as their scripts say.
/// </summary>
internal sealed class ScriptedCloud : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<string> _calls = new();

    private ScriptedCloud(WebApplication server) => _server = server;

    public string Url { get; private set; } = "";

    /// <summary>Whose signature S3 takes.</summary>
    public Keys Expected { get; set; } = Keys.Of("nobody");

    /// <summary>What S3 says to everybody else.</summary>
    public string Refusal { get; set; } = "<Error><Code>AccessDenied</Code></Error>";

    /// <summary>Answers by the first segment of the path: "sts", "sso", "oidc", "imds", "role".</summary>
    public ConcurrentDictionary<string, Func<HttpRequest, Answer>> Scripts { get; } = new();

    /// <summary>"METHOD /path" of every request, in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public static async Task<ScriptedCloud> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var cloud = new ScriptedCloud(server);
        server.Run(cloud.AnswerAsync);
        await server.StartAsync(TestContext.Current.CancellationToken);
        cloud.Url = server.Urls.Single();
        return cloud;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        _calls.Enqueue($"{request.Method} {request.Path}");
        using (var reader = new StreamReader(request.Body))
            context.Items["body"] = await reader.ReadToEndAsync(context.RequestAborted);
        var service = request.Path.Value!.Split('/')[1];
        var answer = service == "bucket" ? OfS3(request) : Scripts.TryGetValue(service, out var script) ? script(request) : new Answer(404);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.Type;
        if (request.Method != "HEAD") await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }

    private Answer OfS3(HttpRequest request)
    {
        if (!Signature.IsBy(Expected, request)) return new Answer(403, Refusal, "application/xml");
        request.HttpContext.Response.Headers.ETag = "\"9dd4e461268c8034f5c8564e155c67a6\"";
        return new Answer(200);
    }
}

internal sealed record Answer(int Status, string Body = "", string Type = "application/json");
