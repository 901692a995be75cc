using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using FaultProxies;
using TestBed;

namespace IdfKit.EndToEnd.Tests.Soak;

/// <summary>
/// A function process that takes one event and is stopped while a request of its upload is under way; the request arrives, and the process
/// goes on, when it is told to. Nobody kills it at its deadline.
/// </summary>
internal sealed class FrozenFunction : IAsyncDisposable
{
    private readonly HttpListener _runtimeApi = new();
    private readonly TemporaryFolder _work = new();
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FaultProxy _proxy;
    private readonly Process _process;
    private readonly Task _serving;
    private int _uploads;

    /// <param name="cloud">Where the model lies.</param>
    /// <param name="payload">The event.</param>
    /// <param name="time">What Lambda would leave it; its claim lives a minute longer.</param>
    /// <param name="atUpload">Which of its results it is stopped at, from 1.</param>
    public FrozenFunction(Cloud cloud, string payload, TimeSpan time, int atUpload)
    {
        _proxy = new FaultProxy(cloud.EndpointUrl) { Script = call => StopAt(call, atUpload) };
        var address = $"127.0.0.1:{Ports.Free().ToString(CultureInfo.InvariantCulture)}";
        _runtimeApi.Prefixes.Add($"http://{address}/");
        _runtimeApi.Start();
        _serving = ServeAsync(payload, DateTimeOffset.UtcNow + time);
        var start = new ProcessStartInfo(PublishedFunction.BootstrapPath()) { RedirectStandardOutput = true };
        foreach (var (name, value) in cloud.Environment) start.Environment[name] = value;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = address;
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = "frozen";
        start.Environment["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        start.Environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "3008";
        start.Environment["AWS_LAMBDA_LOG_GROUP_NAME"] = start.Environment["AWS_LAMBDA_LOG_STREAM_NAME"] = "frozen";
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_ENDPOINT_URL_S3"] = _proxy.Url.AbsoluteUri;
        start.Environment["IDFKIT_WORK_DIR"] = _work.Path;
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
    }

    /// <summary>Ends when the process stands still.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Lets the request arrive and the process go on. Gives what it answers to its event.</summary>
    public async Task<string> GoOnAsync(CancellationToken cancellationToken)
    {
        _goOn.TrySetResult();
        await Signals.SendAsync("CONT", _process.Id, cancellationToken);
        return await _answered.Task.WaitAsync(TimeSpan.FromMinutes(3), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _goOn.TrySetResult();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _runtimeApi.Close();
        await _serving;
        await _proxy.DisposeAsync();
        _work.Dispose();
    }

    private Fault.HoldRequest? StopAt(ProxiedCall call, int atUpload)
    {
        var isResult = call.Method == "PUT" && call.Target.Contains("/outputs/", StringComparison.Ordinal)
            && !call.Target.Contains("/run.json", StringComparison.Ordinal)
            && !call.Target.Contains("/progress.json", StringComparison.Ordinal);
        if (!isResult || Interlocked.Increment(ref _uploads) != atUpload) return null;
        return new Fault.HoldRequest(StopAsync());
    }

    private async Task StopAsync()
    {
        await Signals.SendAsync("STOP", _process.Id, CancellationToken.None);
        _stopped.TrySetResult();
        await _goOn.Task;
    }

    private async Task ServeAsync(string payload, DateTimeOffset deadline)
    {
        var isTaken = false;
        try
        {
            while (true)
            {
                var context = await _runtimeApi.GetContextAsync();
                if (context.Request.HttpMethod == "POST")
                {
                    using var body = new StreamReader(context.Request.InputStream);
                    _answered.TrySetResult(await body.ReadToEndAsync());
                    context.Response.StatusCode = 202;
                    context.Response.Close();
                }
                else if (!isTaken)
                {
                    isTaken = true;
                    Give(context.Response, payload, deadline);
                }
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException) { return; }
    }

    private static void Give(HttpListenerResponse response, string payload, DateTimeOffset deadline)
    {
        response.ContentType = "application/json";
        response.Headers["Lambda-Runtime-Aws-Request-Id"] = Guid.NewGuid().ToString();
        response.Headers["Lambda-Runtime-Deadline-Ms"] = deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:000000000000:function:frozen";
        response.Close(Encoding.UTF8.GetBytes(payload), willBlock: true);
    }
}
