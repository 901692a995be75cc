using System.Text;

using IdfKit.LocalCloud.Hosting;
using IdfKit.LocalCloud.Lambda;

namespace IdfKit.LocalCloud;

/// <summary>A Lambda function on this machine: its real process, the Runtime API that feeds it, and asynchronous
/// invocation with retries and an on-failure destination as Lambda has them.</summary>
public sealed class LocalLambda : IAsyncDisposable
{
    private readonly LocalLambdaOptions _options;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly InvocationQueue _queue = new();
    private readonly FailureDestination _failures;
    private readonly AsynchronousInvocation _lifecycle;
    private readonly CancellationTokenSource _stopping = new();
    private FunctionInstance[] _instances = [];
    private LoopbackServer? _server;
    private int _disposed;

    private LocalLambda(LocalLambdaOptions options)
    {
        _options = options;
        Logs = new InvocationLogs(_time);
        _failures = new FailureDestination(options.FailureFile);
        _lifecycle = new AsynchronousInvocation(
            options, _queue, _failures, FunctionArn, result => InvocationCompleted?.Invoke(this, result), _time, _stopping.Token);
    }

    /// <summary>Raised after the last attempt of every invocation, before waiters see its result. Called from several threads.</summary>
    public event EventHandler<InvocationResult>? InvocationCompleted;

    /// <summary>Raised with its request id before an attempt is handed to a process. Must not block; called from several threads.</summary>
    public event EventHandler<string>? AttemptBegins;

    /// <summary>The Invoke API (<c>aws lambda invoke --endpoint-url</c>) and, below it, <c>/events</c>.</summary>
    public Uri Endpoint => _server!.Endpoint;

    /// <summary>Where a server pushes S3 events to: <see cref="Endpoint"/> and <c>events</c>.</summary>
    public Uri EventsEndpoint => new(Endpoint, "events");

    /// <summary>The function's ARN, without a version.</summary>
    public string FunctionArn => $"arn:aws:lambda:{_options.Region}:123456789012:function:{_options.FunctionName}";

    /// <summary>Asynchronous invocations that failed for good, oldest first.</summary>
    public IReadOnlyList<FailedInvocation> Failures => _failures.All;

    /// <summary>Invocations that wait, run, or wait for their retry.</summary>
    public int Pending => _queue.Open;

    /// <summary>Invocations that a process works on now; the others of <see cref="Pending"/> wait.</summary>
    public int Running => _instances.Count(instance => instance is { IsBusy: true });

    /// <summary>The function processes that live now.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _instances.Select(instance => instance.ProcessId).OfType<int>()];

    /// <summary>For each process, the time from its first start to its first request for work.</summary>
    public IReadOnlyList<TimeSpan> InitDurations { get; private set; } = [];

    /// <summary>A running function: every process has asked for work.</summary>
    /// <exception cref="LocalLambdaException">The executable cannot be started, posts an init error, ends before it asks
    /// for work, or does not ask within <see cref="LocalLambdaOptions.InitTimeout"/>. The message says which.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LocalLambda> StartAsync(LocalLambdaOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!File.Exists(options.BootstrapPath))
            throw new LocalLambdaException($"There is no function at {options.BootstrapPath}.");
        var lambda = new LocalLambda(options);
        try
        {
            await lambda.StartAsync(cancellationToken);
            return lambda;
        }
        catch
        {
            await lambda.DisposeAsync();
            throw;
        }
    }

    /// <summary>RequestResponse: the function's answer to <paramref name="payload"/>, tried once. Waits for a free process.</summary>
    /// <exception cref="OperationCanceledException">Also when this object is disposed first.</exception>
    public Task<InvocationResult> InvokeAsync(string payload, CancellationToken cancellationToken = default) =>
        InvokeAsync(Encoding.UTF8.GetBytes(payload), traceId: null, clientContext: "", cancellationToken);

    /// <inheritdoc cref="InvokeAsync(string, CancellationToken)"/>
    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default) =>
        InvokeAsync(payload, traceId: null, clientContext: "", cancellationToken);

    /// <summary>Event: queues <paramref name="payload"/>, which is retried and in the end counted among
    /// <see cref="Failures"/>.</summary>
    /// <returns>The request id of all attempts.</returns>
    public string Enqueue(string payload) => Enqueue(Encoding.UTF8.GetBytes(payload), traceId: null, clientContext: "");

    /// <inheritdoc cref="Enqueue(string)"/>
    public string Enqueue(ReadOnlyMemory<byte> payload) => Enqueue(payload, traceId: null, clientContext: "");

    /// <summary>Completes when nothing waits or runs; at once when that is so already.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken = default) => _queue.WhenIdleAsync(cancellationToken);

    /// <summary>Stops the processes (SIGTERM, then SIGKILL to what is left) and closes the ports. Events still queued
    /// are dropped, answers still awaited are cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stopping.CancelAsync();
        await Task.WhenAll(_instances.Where(instance => instance is not null).Select(instance => instance.DisposeAsync().AsTask()));
        if (_server is not null) await _server.DisposeAsync();
        _stopping.Dispose();
    }

    /// <summary>What the function has written lately.</summary>
    internal InvocationLogs Logs { get; }

    internal LocalLambdaOptions Options => _options;

    internal bool IsNamed(string function) =>
        function == _options.FunctionName || function == _options.FunctionName + ":$LATEST"
        || function == FunctionArn || function == FunctionArn + ":$LATEST";

    internal string Enqueue(ReadOnlyMemory<byte> payload, string? traceId, string clientContext)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        var invocation = new Invocation(payload, isAsynchronous: true, _time.GetUtcNow(), traceId) { ClientContext = clientContext };
        _queue.Add(invocation);
        return invocation.RequestId;
    }

    internal async Task<InvocationResult> InvokeAsync(
        ReadOnlyMemory<byte> payload, string? traceId, string clientContext, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        var invocation = new Invocation(payload, isAsynchronous: false, _time.GetUtcNow(), traceId) { ClientContext = clientContext };
        _queue.Add(invocation);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        return await invocation.Completion.Task.WaitAsync(either.Token);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _server = await LoopbackServer.StartAsync(_options.Port, new InvokeApi(this).HandleAsync, cancellationToken);
        _instances = new FunctionInstance[_options.Concurrency];
        for (var i = 0; i < _instances.Length; i++)
        {
            var logStream = $"{_time.GetUtcNow():yyyy'/'MM'/'dd}/[$LATEST]{Guid.NewGuid():N}";
            _instances[i] = await FunctionInstance.StartAsync(
                _options, _queue, _lifecycle, FunctionArn, logStream, Logs, id => AttemptBegins?.Invoke(this, id), _time,
                cancellationToken);
        }
        InitDurations = await Task.WhenAll(_instances.Select(instance => instance.FirstStart)).WaitAsync(cancellationToken);
    }
}
