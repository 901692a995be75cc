using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IdfKit.LocalCloud.Tests;

/// <summary>A body that is offered with Expect: 100-continue and refused before it is sent.</summary>
public sealed class ExpectTests : BucketTests
{
    [Theory]
    [InlineData("PUT /models/x?policy")] // 501
    [InlineData("PUT /models/a//b")] // 400
    [InlineData("PUT /other/x")] // 404
    public async Task Early_refusal_closes_the_connection_so_that_no_body_is_taken_for_a_request(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Bucket.Endpoint.Port, Token);
        var stream = socket.GetStream();
        const string Body = "GET /models/never HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"; // what a confused server would take for the next one
        await WriteAsync($"{request} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {Body.Length}\r\nExpect: 100-continue\r\n\r\n");
        var answers = new StringBuilder();
        var buffer = new byte[4096];
        int read;
        while (!answers.ToString().Contains("</Error>", StringComparison.Ordinal) && (read = await stream.ReadAsync(buffer, Token)) > 0)
            answers.Append(Encoding.ASCII.GetString(buffer, 0, read));
        Assert.Contains("Connection: close", answers.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("100 Continue", answers.ToString(), StringComparison.Ordinal);
        try
        {
            await WriteAsync(Body);
            Assert.Equal(0, await stream.ReadAsync(buffer, Token)); // closed, and the body not answered
        }
        catch (IOException)
        {
            // Closed so early that the body found nobody.
        }

        async Task WriteAsync(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), Token);
    }

    [Fact]
    public async Task Body_that_is_asked_for_keeps_the_connection()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Bucket.Endpoint.Port, Token);
        var stream = socket.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        for (var i = 0; i < 2; i++)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"PUT /models/{i} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"), Token);
            Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync(Token));
            await stream.WriteAsync("hello"u8.ToArray(), Token);
            Assert.Equal("", await reader.ReadLineAsync(Token));
            Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync(Token));
            while (await reader.ReadLineAsync(Token) is { Length: > 0 } header)
                Assert.DoesNotContain("close", header, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Equal("hello", await GetAsync("1"));
    }
}
