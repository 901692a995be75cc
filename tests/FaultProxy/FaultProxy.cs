using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FaultProxies;

/// <summary>
/// A TCP proxy before an HTTP server that does to each call what a script says. Bytes pass as they are, so signatures
/// stay valid.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<ProxiedCall> _calls = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly Task _accepting;
    private int _count;

    public FaultProxy(Uri server)
    {
        Server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Null lets a call pass. Asked once per call, in the order of arrival on each connection.</summary>
    public Func<ProxiedCall, Fault?> Script { get; set; } = static _ => null;

    public IReadOnlyList<ProxiedCall> Calls => [.. _calls];

    internal Uri Server { get; }

    /// <summary>Fails the calls that match, beginning with the n-th, so many times.</summary>
    public void Fail(Func<ProxiedCall, bool> matches, Fault fault, int times = 1, int from = 1)
    {
        var seen = 0;
        Script = call => matches(call) && Interlocked.Increment(ref seen) is var number && number >= from && number < from + (long)times
            ? fault
            : null;
    }

    /// <summary>Holds the answer to the first call that matches.</summary>
    /// <returns>Ends when the server has done the call.</returns>
    public Task HoldAnswer(Func<ProxiedCall, bool> matches, Task until) => Hold(matches, new Fault.HoldAnswer(until));

    /// <summary>Holds the body of the answer to the first call that matches.</summary>
    /// <returns>Ends when the answer's head is on its way.</returns>
    public Task HoldBody(Func<ProxiedCall, bool> matches, Task until) => Hold(matches, new Fault.HoldBody(until));

    private Task Hold(Func<ProxiedCall, bool> matches, Fault fault)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = 0;
        Script = call =>
        {
            if (!matches(call) || Interlocked.Exchange(ref held, 1) == 1) return null;
            _ = call.Done.Task.ContinueWith(_ => done.TrySetResult(), TaskScheduler.Default);
            return fault;
        };
        return done.Task;
    }

    /// <summary>Forgets the script and the calls.</summary>
    public void Clear()
    {
        Script = static _ => null;
        _calls.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _end.Dispose();
        _listener.Dispose();
    }

    internal ProxiedCall Record(HttpHead head)
    {
        var call = new ProxiedCall(Interlocked.Increment(ref _count), head.FirstLine[0], head.FirstLine[1], head.Header);
        _calls.Enqueue(call);
        return call;
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                var connection = new ProxiedConnection(this, client, _end.Token).RunAsync();
                _connections.TryAdd(connection, true);
                _ = connection.ContinueWith(ended => _connections.TryRemove(ended, out _), TaskScheduler.Default);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
