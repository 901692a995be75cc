using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace IdfKit.AmazonLambda.Tests;

internal sealed record ReceivedRequest(string Method, string Path, Dictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>A Runtime API on loopback that hands out the events it is given, and keeps what is posted.</summary>
internal sealed class ScriptedRuntimeApi : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private readonly Channel<ReceivedRequest> _posts = Channel.CreateUnbounded<ReceivedRequest>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _connections;

    public ScriptedRuntimeApi()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Endpoint => _listener.LocalEndpoint.ToString()!;

    public int Connections => _connections;

    /// <summary>The status that answers every post.</summary>
    public string PostStatus { get; set; } = "202 Accepted";

    /// <summary>The latest request for work.</summary>
    public ReceivedRequest? Next { get; private set; }

    public const string Hangup = "hang up";

    public void Enqueue(string requestId, string body = "{}", DateTimeOffset? deadline = null,
        string traceId = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700")
    {
        var deadlineMs = (deadline ?? DateTimeOffset.UtcNow.AddMinutes(15)).ToUnixTimeMilliseconds();
        _events.Writer.TryWrite(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: {requestId}\r\n"
            + $"Lambda-Runtime-Deadline-Ms: {deadlineMs}\r\nLambda-Runtime-Trace-Id: {traceId}\r\n"
            + "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-central-1:123456789012:function:idfkit\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    public void EnqueueHangup() => _events.Writer.TryWrite(Hangup);

    public async Task<ReceivedRequest> PostAsync() =>
        await _posts.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                open.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await using var stream = client.GetStream();
                while (await ReadAsync(stream) is { } request)
                {
                    if (request.Method == "GET") Next = request;
                    else _posts.Writer.TryWrite(request);
                    var answer = request.Method == "GET"
                        ? await _events.Reader.ReadAsync(_stop.Token)
                        : $"HTTP/1.1 {PostStatus}\r\nContent-Length: 15\r\n\r\n{{\"status\":\"OK\"}}";
                    if (answer == Hangup) return;
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The test is over, or its client left.
                return;
            }
        }
    }

    private async Task<ReceivedRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0) return null;
            head.Add(one[0]);
        }
        var lines = Encoding.UTF8.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length) : 0];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new ReceivedRequest(first[0], first[1], headers, body);
    }
}
