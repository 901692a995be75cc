using IdfKit.LocalCloud.Hosting;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>One execution environment: a Runtime API listener and the process on it, started again whenever it ends.</summary>
internal sealed class FunctionInstance : IAsyncDisposable
{
    private static readonly TimeSpan FirstRestartDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRestartDelay = TimeSpan.FromSeconds(5);
    private readonly LocalLambdaOptions _options;
    private readonly InvocationQueue _queue;
    private readonly Action<Invocation, AttemptOutcome, TimeSpan> _attemptOver;
    private readonly Action<string> _attemptBegins;
    private readonly InvocationLogs _logs;
    private readonly TimeProvider _time;
    private readonly string _logStream;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<TimeSpan> _firstStart = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private LoopbackServer? _server;
    private Task _supervision = Task.CompletedTask;
    private FunctionProcess? _process;
    private CancellationToken _processGone;
    private TaskCompletionSource<bool> _ready = new();
    private Invocation? _current;
    private CancellationTokenSource? _deadline;
    private long _startedAt;
    private string? _initError;

    private FunctionInstance(
        LocalLambdaOptions options, InvocationQueue queue, string logStream, InvocationLogs logs,
        Action<string> attemptBegins, Action<Invocation, AttemptOutcome, TimeSpan> attemptOver, TimeProvider time)
    {
        _options = options;
        _queue = queue;
        _logStream = logStream;
        _attemptBegins = attemptBegins;
        _logs = logs;
        _attemptOver = attemptOver;
        _time = time;
    }

    /// <summary>Cancelled when the present process has ended.</summary>
    public CancellationToken ProcessGone
    {
        get { lock (_gate) return _processGone; }
    }

    /// <summary>The process that runs now; null between two.</summary>
    public int? ProcessId
    {
        get { lock (_gate) return _process?.Id; }
    }

    /// <summary>From the first process's start to its first request for work; fails when it never asks.</summary>
    public Task<TimeSpan> FirstStart => _firstStart.Task;

    public static async Task<FunctionInstance> StartAsync(
        LocalLambdaOptions options, InvocationQueue queue, AsynchronousInvocation lifecycle, string functionArn, string logStream,
        InvocationLogs logs, Action<string> attemptBegins, TimeProvider time, CancellationToken cancellationToken)
    {
        var instance = new FunctionInstance(options, queue, logStream, logs, attemptBegins, lifecycle.AttemptOver, time);
        var api = new RuntimeApi(instance, queue, functionArn, options.Timeout, lifecycle.DropIfTooOld, time);
        // A reported error carries its cause for X-Ray in a header, which may be as large as the packages' own limit.
        instance._server = await LoopbackServer.StartAsync(0, api.HandleAsync, cancellationToken, maxHeaderBytes: 2 * 1024 * 1024);
        instance._supervision = instance.SuperviseAsync($"127.0.0.1:{instance._server.Port}");
        return instance;
    }

    public void AskedForWork()
    {
        _ready.TrySetResult(true);
        _firstStart.TrySetResult(_time.GetElapsedTime(Volatile.Read(ref _startedAt)));
    }

    public void InitFailed(string error) => Volatile.Write(ref _initError, error);

    public bool IsBusy
    {
        get { lock (_gate) return _current is not null; }
    }

    public bool IsCurrent(string requestId)
    {
        lock (_gate) return _current?.RequestId == requestId;
    }

    /// <summary>False when the process is gone; then the invocation stays the caller's.</summary>
    public bool TryBegin(Invocation invocation, CancellationToken processGone)
    {
        _attemptBegins(invocation.RequestId);
        _logs.Begins(this, invocation.RequestId);
        lock (_gate)
        {
            if (_current is not null || processGone.IsCancellationRequested) return false;
            invocation.Attempts++;
            _current = invocation;
            _startedAt = _time.GetTimestamp();
            _deadline = new CancellationTokenSource(_options.Timeout);
            _deadline.Token.Register(() => RanOutOfTime(invocation));
        }
        return true;
    }

    /// <summary>Ends the attempt, once: false when it is over already or the id is another's.</summary>
    public bool TryEnd(string requestId, AttemptOutcome outcome)
    {
        Invocation invocation;
        TimeSpan duration;
        lock (_gate)
        {
            if (_current?.RequestId != requestId) return false;
            invocation = _current;
            _current = null;
            duration = _time.GetElapsedTime(_startedAt);
            _deadline?.Dispose();
            _deadline = null;
        }
        _logs.Ended(requestId, duration);
        _attemptOver(invocation, outcome, duration);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        FunctionProcess? process;
        lock (_gate) process = _process;
        if (process is not null) await process.StopAsync(_options.StopTimeout);
        await _supervision;
        if (_server is not null) await _server.DisposeAsync();
        _stopping.Dispose();
    }

    /// <summary>What a process writes belongs to what it works on, or worked on last.</summary>
    private void Logged(string line)
    {
        _logs.Wrote(this, line);
        _options.Log?.Invoke(line);
    }

    private async Task SuperviseAsync(string runtimeApi)
    {
        await Task.Yield();
        var delay = FirstRestartDelay;
        while (!_stopping.IsCancellationRequested)
        {
            var failure = await RunOnceAsync(runtimeApi);
            if (failure is null)
            {
                delay = FirstRestartDelay;
                continue;
            }
            _firstStart.TrySetException(failure);
            // As in Lambda, an event that meets a function which cannot start has had an attempt.
            if (!_stopping.IsCancellationRequested && _queue.TryTake() is { } invocation)
            {
                invocation.Attempts++;
                _attemptOver(invocation, AttemptOutcome.InitError(_initError, failure.Message), TimeSpan.Zero);
            }
            await Task.Delay(delay, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < LongestRestartDelay ? delay * 2 : LongestRestartDelay;
        }
        _firstStart.TrySetCanceled();
    }

    /// <summary>One process from start to end; what is returned says why it never asked for work.</summary>
    private async Task<LocalLambdaException?> RunOnceAsync(string runtimeApi)
    {
        FunctionProcess process;
        TaskCompletionSource<bool> ready;
        using var gone = new CancellationTokenSource();
        lock (_gate)
        {
            _initError = null;
            _processGone = gone.Token;
            _ready = ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _startedAt = _time.GetTimestamp();
            try
            {
                _process = process = FunctionProcess.Start(_options with { Log = Logged }, runtimeApi, _logStream);
            }
            catch (LocalLambdaException e)
            {
                return e;
            }
        }
        if (_stopping.IsCancellationRequested) process.Kill();
        await using (process)
        {
            var exit = process.WaitAsync();
            var tooSlow = false;
            await Task.WhenAny(exit, ready.Task, Task.Delay(_options.InitTimeout, _stopping.Token));
            if (!ready.Task.IsCompleted && !exit.IsCompleted)
            {
                tooSlow = !_stopping.IsCancellationRequested;
                if (tooSlow) process.Kill();
            }
            var code = await exit;
            // First no new invocation can begin on this process, then the one that it left is taken.
            await gone.CancelAsync();
            Invocation? interrupted;
            lock (_gate)
            {
                _process = null;
                interrupted = _current;
            }
            if (interrupted is not null) TryEnd(interrupted.RequestId, AttemptOutcome.Exited(interrupted.RequestId, code));
            return ready.Task.IsCompleted ? null : StartFailure(code, tooSlow);
        }
    }

    private LocalLambdaException StartFailure(FunctionExit exit, bool tooSlow) => new(
        Volatile.Read(ref _initError) is { } error
            ? $"The function {_options.BootstrapPath} refused to start: {AttemptOutcome.MessageOf(error)}"
            : tooSlow ? $"The function {_options.BootstrapPath} did not ask for work within "
                + $"{_options.InitTimeout.TotalSeconds:0.#} s of its start."
            : $"The function {_options.BootstrapPath} ended before it asked for work, {exit.Describe()}.");

    private void RanOutOfTime(Invocation invocation)
    {
        FunctionProcess? process;
        lock (_gate) process = _process;
        if (TryEnd(invocation.RequestId, AttemptOutcome.TimedOut(invocation.RequestId, _options.Timeout))) process?.Kill();
    }
}
