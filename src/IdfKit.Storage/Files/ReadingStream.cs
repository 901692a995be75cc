namespace IdfKit.Storage.Files;

/// <summary>A stream that can be sought and read but not written; it says the rest of what <see cref="Stream"/> asks for.</summary>
internal abstract class ReadingStream : Stream
{
    private long _position;
    private bool _closed;

    public sealed override bool CanRead => !_closed;

    public override bool CanSeek => !_closed;

    public sealed override bool CanWrite => false;

    /// <summary>Any place from the start on, as in a file; behind the end there is nothing to read.</summary>
    public override long Position
    {
        get
        {
            ThrowIfClosed();
            return _position;
        }
        set
        {
            ThrowIfClosed();
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
        ThrowIfClosed();
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

    protected override void Dispose(bool disposing)
    {
        _closed = true;
        base.Dispose(disposing);
    }

    /// <summary>Every use after dispose, by all streams alike.</summary>
    protected void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, this);

    private static NotSupportedException OnlyReads() => new("This stream only reads.");
}
