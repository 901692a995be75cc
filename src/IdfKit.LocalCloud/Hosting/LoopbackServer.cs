using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace IdfKit.LocalCloud.Hosting;

/// <summary>Kestrel alone, on 127.0.0.1: no host, no logging, no signal handlers of its own.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private static readonly TimeSpan GracePeriod = TimeSpan.FromMilliseconds(500);
    private readonly KestrelServer _server;
    private int _stopped;

    private LoopbackServer(KestrelServer server, int port)
    {
        _server = server;
        Port = port;
    }

    public int Port { get; }

    public Uri Endpoint => new($"http://127.0.0.1:{Port}/");

    /// <summary>Listens on <paramref name="port"/>, or on a free one for 0.</summary>
    /// <param name="port">The port.</param>
    /// <param name="handler">Answers.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="maxHeaderBytes">Of one request.</param>
    /// <param name="hasDoor">Whether the handler itself says which pages may use it.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LoopbackServer> StartAsync(
        int port, RequestDelegate handler, CancellationToken cancellationToken, int maxHeaderBytes = 32 * 1024, bool hasDoor = false)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestHeadersTotalSize = maxHeaderBytes;
        options.Limits.MaxRequestBufferSize = Math.Max(2 * maxHeaderBytes, 1024 * 1024);
        // Models and weather come at the caller's pace, and the Runtime API's long poll sends nothing for hours.
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        // x-amz-meta-* and keys in x-amz-copy-source may hold any character.
        options.RequestHeaderEncodingSelector = _ => Encoding.UTF8;
        options.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        // Without NoDelay every small answer waits 40 ms for the client's delayed acknowledgement.
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions { NoDelay = true }), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(new Application(handler, hasDoor), cancellationToken);
        }
        catch
        {
            server.Dispose();
            throw;
        }
        var address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new LoopbackServer(server, new Uri(address).Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0) return;
        using var grace = new CancellationTokenSource(GracePeriod);
        await _server.StopAsync(grace.Token);
        _server.Dispose();
    }

    private sealed class Application(RequestDelegate handler, bool hasDoor) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public async Task ProcessRequestAsync(HttpContext context)
        {
            UnaskedBody.CloseAfter(context);
            if (!hasDoor && ForeignPages.WhyRefused(context.Request) is { } why)
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.WriteAsync(why + "\n", context.RequestAborted);
                return;
            }
            try
            {
                await handler(context);
            }
            catch (OperationCanceledException)
            {
                // The client went away, or the server is being stopped: there is nobody to answer.
                context.Abort();
            }
        }

        public void DisposeContext(HttpContext context, Exception? exception) { }
    }
}
