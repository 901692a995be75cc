namespace IdfKit.LocalCloud.Bucket;

/// <summary>The next <paramref name="lengthBytes"/> bytes of a stream.</summary>
internal sealed class LimitedStream(Stream inner, long lengthBytes) : BodyStream
{
    private long _left = lengthBytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= read;
        return read;
    }
}
