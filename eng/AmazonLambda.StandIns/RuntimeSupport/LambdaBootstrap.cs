using System.Net;
using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The loop of a Lambda process: initialize once, then ask for an event, call the handler, post its answer or its error.
/// A failing initializer is reported and then thrown on, so that the process ends; so is a Runtime API that cannot be reached.
/// </summary>
public class LambdaBootstrap : IDisposable
{
    private readonly LambdaBootstrapHandler _handler;
    private readonly LambdaBootstrapInitializer? _initializer;
    private readonly HttpClient _httpClient;
    private readonly bool _ownsHttpClient;
    private readonly RuntimeApi _runtimeApi;
    private readonly ILambdaSerializer? _serializer;

    public LambdaBootstrap(HttpClient httpClient, LambdaBootstrapHandler handler, LambdaBootstrapInitializer? initializer = null)
        : this(httpClient, ownsHttpClient: false, handler, options: null, initializer)
    {
    }

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer? initializer = null)
        : this(ConstructHttpClient(), ownsHttpClient: true, handler, options: null, initializer)
    {
    }

    public LambdaBootstrap(
        LambdaBootstrapHandler handler, LambdaBootstrapOptions? lambdaBootstrapOptions, LambdaBootstrapInitializer? initializer = null)
        : this(ConstructHttpClient(), ownsHttpClient: true, handler, lambdaBootstrapOptions, initializer)
    {
    }

    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapInitializer? initializer = null)
        : this(ConstructHttpClient(), ownsHttpClient: true, handlerWrapper, options: null, initializer)
    {
    }

    public LambdaBootstrap(
        HandlerWrapper handlerWrapper, LambdaBootstrapOptions? lambdaBootstrapOptions, LambdaBootstrapInitializer? initializer = null)
        : this(ConstructHttpClient(), ownsHttpClient: true, handlerWrapper, lambdaBootstrapOptions, initializer)
    {
    }

    public LambdaBootstrap(HttpClient httpClient, HandlerWrapper handlerWrapper, LambdaBootstrapInitializer? initializer = null)
        : this(httpClient, ownsHttpClient: false, handlerWrapper, options: null, initializer)
    {
    }

    public LambdaBootstrap(
        HttpClient httpClient,
        HandlerWrapper handlerWrapper,
        LambdaBootstrapOptions? lambdaBootstrapOptions,
        LambdaBootstrapInitializer? initializer = null)
        : this(httpClient, ownsHttpClient: false, handlerWrapper, lambdaBootstrapOptions, initializer)
    {
    }

    private LambdaBootstrap(
        HttpClient httpClient,
        bool ownsHttpClient,
        HandlerWrapper handler,
        LambdaBootstrapOptions? options,
        LambdaBootstrapInitializer? initializer)
        : this(httpClient, ownsHttpClient, handler.Handler, options, initializer) => _serializer = handler.Serializer;

    private LambdaBootstrap(
        HttpClient httpClient,
        bool ownsHttpClient,
        LambdaBootstrapHandler handler,
        LambdaBootstrapOptions? options,
        LambdaBootstrapInitializer? initializer)
    {
        _httpClient = httpClient;
        _ownsHttpClient = ownsHttpClient;
        _handler = handler;
        _initializer = initializer;
        // A frozen process waits for its next event as long as Lambda likes.
        httpClient.Timeout = Timeout.InfiniteTimeSpan;
        _runtimeApi = new RuntimeApi(
            httpClient, options?.RuntimeApiEndpoint ?? Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API"));
    }

    public static HttpClient ConstructHttpClient()
    {
        // One connection, to this machine: no proxy to look up, no cookies, no redirects, no tracing headers.
        var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            // An exception's words stand in a header, whatever script they are in.
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        });
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", $"aws-lambda-dotnet/{Environment.Version}-standins");
        return client;
    }

    /// <summary>Ends when canceled, when the initializer says false, or by the exception that the process cannot go on after.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var console = new LogConsole(LogSettings.FromEnvironment());
        var logger = new LambdaConsoleLogger(console.Out);
        if (_initializer is not null && !await InitializeAsync(_initializer, console, cancellationToken).ConfigureAwait(false)) return;
        while (!cancellationToken.IsCancellationRequested)
        {
            InvocationRequest invocation;
            try
            {
                invocation = await _runtimeApi.NextAsync(logger, _serializer, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            console.Begin(invocation.LambdaContext);
            // What was taken is answered, even when the loop is told to end meanwhile.
            using (invocation) await AnswerAsync(invocation, console).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        if (_ownsHttpClient) _httpClient.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<bool> InitializeAsync(
        LambdaBootstrapInitializer initializer, LogConsole console, CancellationToken cancellationToken)
    {
        try
        {
            return await initializer().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            console.Unhandled(e);
            await _runtimeApi.PostInitErrorAsync(e, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task AnswerAsync(InvocationRequest invocation, LogConsole console)
    {
        var requestId = invocation.LambdaContext.AwsRequestId;
        InvocationResponse response;
        try
        {
            response = await _handler(invocation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the handler throws is the invocation's error, and the process lives on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            console.Unhandled(e);
            await _runtimeApi.PostErrorAsync(requestId, e, CancellationToken.None).ConfigureAwait(false);
            return;
        }
        try
        {
            await _runtimeApi.PostResponseAsync(
                requestId, response?.OutputStream ?? Stream.Null, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            if (response is { DisposeOutputStream: true, OutputStream: { } output }) await output.DisposeAsync().ConfigureAwait(false);
        }
    }
}
