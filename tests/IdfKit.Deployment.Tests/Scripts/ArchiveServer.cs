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

    /// <summary>What is answered instead where the path asked for ends so.</summary>
    public Dictionary<string, string> Pages { get; } = [];

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
            var count = await stream.ReadAtLeastAsync(request, 1, cancellationToken: _stop.Token);
            Interlocked.Increment(ref _requests);
            var path = Encoding.ASCII.GetString(request, 0, count).Split(' ')[1];
            var page = Pages.FirstOrDefault(page => path.EndsWith(page.Key, StringComparison.Ordinal)).Value;
            var body = page is null ? Body : Encoding.ASCII.GetBytes(page);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"{Head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), _stop.Token);
            await stream.WriteAsync(body.AsMemory(0, Stalls ? body.Length / 2 : ClosesAfter ?? body.Length), _stop.Token);
            if (Stalls) await Task.Delay(Timeout.Infinite, _stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException) { return; } // the client has gone, or the test is over
    }
}
