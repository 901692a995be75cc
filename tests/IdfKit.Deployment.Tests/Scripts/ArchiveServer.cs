using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IdfKit.Deployment.Tests.Scripts;

/// <summary>An HTTP server on loopback that sends one answer, whatever is asked for, and counts how often it was.</summary>
internal sealed class ArchiveServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _requests;

    public ArchiveServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/archive.tar.gz");

    public int Requests => Volatile.Read(ref _requests);

    public string Head { get; set; } = "HTTP/1.1 200 OK\r\nContent-Type: application/gzip";

    public byte[] Body { get; set; } = [];

    /// <summary>How many bytes are sent before the connection is closed; null: all.</summary>
    public int? ClosesAfter { get; set; }

    /// <summary>Whether the connection stays open without another byte once half is sent.</summary>
    public bool Stalls { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> answers = [];
        try
        {
            while (true) answers.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(answers);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            var request = new byte[4096];
            await stream.ReadAtLeastAsync(request, 1, cancellationToken: _stop.Token);
            Interlocked.Increment(ref _requests);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"{Head}\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n"), _stop.Token);
            await stream.WriteAsync(Body.AsMemory(0, Stalls ? Body.Length / 2 : ClosesAfter ?? Body.Length), _stop.Token);
            if (Stalls) await Task.Delay(Timeout.Infinite, _stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException) { return; } // the client has gone, or the test is over
    }
}
