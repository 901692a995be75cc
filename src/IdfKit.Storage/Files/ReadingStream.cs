namespace IdfKit.Storage.Files;

/// <summary>A stream that can be sought and read but not written; it says the rest of what <see cref="Stream"/> asks for.</summary>
internal abstract class ReadingStream : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public sealed override bool CanWrite => false;

    /// <summary>Any place from the start on, as in a file; behind the end there is nothing to read.</summary>
    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var from = origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => Position,
            SeekOrigin.End => Length,
            _ => throw new ArgumentOutOfRangeException(
                nameof(origin), origin, "A place is counted from the start, from here or from the end."),
        };
        if (offset < -from || offset > long.MaxValue - from)
            throw new IOException("The place to go to lies before the start of the stream, or beyond what any stream has.");
        return Position = from + offset;
    }

    public sealed override void Flush()
    {
    }

    public sealed override void SetLength(long value) => throw OnlyReads();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw OnlyReads();

    private static NotSupportedException OnlyReads() => new("This stream only reads.");
}
