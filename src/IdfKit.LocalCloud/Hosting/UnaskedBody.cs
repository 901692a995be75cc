using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Hosting;

/// <summary>
/// A body that its client offers with Expect: 100-continue and that is answered without being asked for. The client may send it all the
/// same, or not, and the server cannot tell it from the next request; so the connection is closed with the answer (RFC 9110, section
/// 10.1.1).
/// </summary>
internal sealed class UnaskedBody(Stream inner) : Stream
{
    private volatile bool _wasAskedFor;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Sees to it that the answer to such a request says that the connection is closed.</summary>
    public static void CloseAfter(HttpContext context)
    {
        if (context.Request.Headers.Expect.Count == 0) return;
        var body = new UnaskedBody(context.Request.Body);
        context.Request.Body = body;
        context.Response.OnStarting(() =>
        {
            if (!body._wasAskedFor) context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _wasAskedFor = true;
        return inner.ReadAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
