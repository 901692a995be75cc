namespace IdfKit.Storage.Files;

/// <summary>A stream that can be sought and read but not written; it says the rest of what <see cref="Stream"/> asks for.</summary>
internal abstract class ReadingStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public sealed override bool CanWrite => false;

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

    public sealed override void Flush()
    {
    }

    public sealed override void SetLength(long value) => throw OnlyReads();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw OnlyReads();

    private static NotSupportedException OnlyReads() => new("This stream only reads.");
}
