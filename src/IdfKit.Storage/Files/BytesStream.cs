namespace IdfKit.Storage.Files;

/// <summary>A content in memory, read as a file is: a place may lie beyond what an array could hold.</summary>
internal sealed class BytesStream(byte[] content) : ReadingStream
{
    public override long Length
    {
        get
        {
            ThrowIfClosed();
            return content.LongLength;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Clamp(Length - Position, 0, buffer.Length);
        content.AsSpan((int)Math.Min(Position, content.LongLength), count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Read(buffer.Span));
}
