using System.Net.Sockets;
using System.Text;

namespace FaultProxies;

/// <summary>One client's connection and the one to the server that belongs to it.</summary>
internal sealed class ProxiedConnection(FaultProxy proxy, TcpClient client, CancellationToken token) : IDisposable
{
    private TcpClient _server = new() { NoDelay = true };

    public async Task RunAsync()
    {
        await Task.Yield();
        using (this)
        {
            try
            {
                client.NoDelay = true;
                var requests = new HttpReader(client.GetStream());
                HttpReader? answers = null;
                while (await requests.ReadHeadAsync(token) is { } head)
                {
                    var call = proxy.Record(head);
                    var fault = proxy.Script(call);
                    call.IsAnswered = fault is Fault.Answer or Fault.WebPage or Fault.ClockSkew;
                    if (await AnsweredHereAsync(fault, head, requests)) return;
                    if (answers is null || IsClosedByServer) answers = await ConnectAsync();
                    if (!await PassAsync(call, fault, head, requests, answers)) return;
                }
            }
            catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                Reset(client);
            }
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    // It stood idle for too long, which a client that is connected to the server itself would have noticed.
    private bool IsClosedByServer => _server.Client.Poll(0, SelectMode.SelectRead) && _server.Available == 0;

    private async Task<HttpReader> ConnectAsync()
    {
        _server.Dispose();
        _server = new() { NoDelay = true };
        await _server.ConnectAsync(proxy.Server.Host, proxy.Server.Port, token);
        return new(_server.GetStream());
    }

    private async Task<bool> AnsweredHereAsync(Fault? fault, HttpHead head, HttpReader requests)
    {
        switch (fault)
        {
            case Fault.Reset:
                Reset(client);
                return true;
            case Fault.Answer answer:
                if (answer.Until is { } until) await until.WaitAsync(token);
                await SayAsync(answer.Status, "application/xml",
                    $"<?xml version=\"1.0\"?><Error><Code>{answer.Code}</Code><Message>scripted</Message></Error>",
                    DateTimeOffset.UtcNow, head, requests);
                return true;
            case Fault.WebPage page:
                await SayAsync(page.Status, "text/html",
                    "<!DOCTYPE html><html><body>scripted<br></body></html>",
                    DateTimeOffset.UtcNow, head, requests);
                return true;
            case Fault.ClockSkew skew:
                await SayAsync(403, "application/xml",
                    "<?xml version=\"1.0\"?><Error><Code>RequestTimeTooSkewed</Code><Message>scripted</Message></Error>",
                    DateTimeOffset.UtcNow + skew.Ahead, head, requests);
                return true;
            default:
                return false;
        }
    }

    // The request's body is taken first: closing on unread bytes would reset the connection before the client has read the answer.
    private async Task SayAsync(int status, string type, string body, DateTimeOffset date, HttpHead head, HttpReader requests)
    {
        if (head.ExpectsContinue) await SendAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
        await BodyAsync(head, requests, static _ => Task.CompletedTask);
        if (head.FirstLine[0] == "HEAD") body = "";
        await SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status} Scripted\r\nDate: {date:R}\r\nContent-Type: "
            + $"{type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        client.Client.Shutdown(SocketShutdown.Send);
    }

    private async Task<bool> PassAsync(ProxiedCall call, Fault? fault, HttpHead head, HttpReader requests, HttpReader answers)
    {
        var server = _server.GetStream();
        var sent = 0L;
        if (fault is Fault.HoldRequest held) await held.Until.WaitAsync(token);
        await server.WriteAsync(head.Bytes, token);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(token);
        var up = BodyAsync(head, requests, async chunk =>
        {
            sent += chunk.Length;
            if (fault is Fault.CutRequest cut && sent > cut.AfterBytes) throw new IOException("scripted cut");
            await server.WriteAsync(chunk, over.Token);
        });
        var down = AnswerAsync(call, fault, head, answers);
        await Task.WhenAny(up, down);
        if (up.IsFaulted) await up;
        var goesOn = await down;
        if (!up.IsCompleted) goesOn = false;  // the server answered without reading all; the connection cannot be used again
        if (!goesOn) client.Client.Shutdown(SocketShutdown.Send);
        await up.WaitAsync(TimeSpan.FromSeconds(1), token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return goesOn;
    }

    private async Task<bool> AnswerAsync(ProxiedCall call, Fault? fault, HttpHead request, HttpReader answers)
    {
        var head = await answers.ReadHeadAsync(token) ?? throw new IOException("the server closed");
        call.IsAnswered = true;
        while (head.Status < 200)
        {
            await SendAsync(head.Bytes);
            head = await answers.ReadHeadAsync(token) ?? throw new IOException("the server closed");
        }
        var empty = request.FirstLine[0] == "HEAD" || head.Status is 204 or 304;
        if (fault is Fault.LoseAnswer)
        {
            if (!empty) await BodyAsync(head, answers, static _ => Task.CompletedTask, untilEnd: true);
            throw new IOException("scripted loss");
        }
        if (fault is Fault.HoldAnswer held)
        {
            call.Done.TrySetResult();
            await held.Until.WaitAsync(token);
        }
        if (fault is Fault.LieAboutLength lie && head.Length is { } true_ && !empty)
            head = head.WithLength(Math.Max(0, true_ + lie.Difference));
        await SendAsync(head.Bytes);
        if (fault is Fault.HoldBody body)
        {
            call.Done.TrySetResult();
            await body.Until.WaitAsync(token);
        }
        if (!empty)
            await BodyAsync(fault is Fault.LieAboutLength told && head.Length is { } said ? head.WithLength(said - told.Difference) : head,
                answers, chunk => HandOnAsync(call, fault, chunk), untilEnd: true);
        return fault is not Fault.LieAboutLength && (empty || head.Length is not null || head.IsChunked);
    }

    private async Task HandOnAsync(ProxiedCall call, Fault? fault, ReadOnlyMemory<byte> chunk)
    {
        var before = call.AnsweredBytes;
        var (limit, stalls) = fault switch
        {
            Fault.CutBody cut => (cut.AfterBytes, false), Fault.Stall stall => (stall.AfterBytes, true), _ => (long.MaxValue, false)
        };
        if (fault is Fault.WrongByte wrong && wrong.At >= before && wrong.At < before + chunk.Length)
        {
            var altered = chunk.ToArray();
            altered[wrong.At - before] ^= 0x55;
            chunk = altered;
        }
        var count = (int)Math.Min(chunk.Length, Math.Max(0, limit - before));
        if (count > 0) await SendAsync(chunk[..count]);
        Interlocked.Add(ref call.Answered, count);
        if (count == chunk.Length) return;
        if (stalls) await Task.Delay(Timeout.Infinite, token);
        throw new IOException("scripted cut");
    }

    private async Task BodyAsync(HttpHead head, HttpReader from, Func<ReadOnlyMemory<byte>, Task> write, bool untilEnd = false)
    {
        if (head.IsChunked) await from.CopyChunkedAsync(write, token);
        else if (head.Length is { } length) await from.CopyAsync(length, write, token);
        else if (untilEnd) await from.CopyAsync(null, write, token);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes) => await client.GetStream().WriteAsync(bytes, token);

    private static void Reset(TcpClient connection)
    {
        if (!connection.Connected) return;
        connection.Client.LingerState = new LingerOption(enable: true, seconds: 0);
        connection.Close();
    }
}
