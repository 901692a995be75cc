namespace IdfKit.Drops.Inputs;

/// <summary>
/// An archive on disk, of which only so much is read until its list of entries is known: that list is held in memory, and says itself how
/// long it is.
/// </summary>
internal sealed class ArchiveFile(string path, long mostListBytes) : Stream
{
    private readonly FileStream _file = new(path, new FileStreamOptions { BufferSize = 1 });
    private long _left = mostListBytes;

    /// <summary>Whether more would have been read.</summary>
    public bool IsListTooLong => _left < 0;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _file.Position;
        set => _file.Position = value;
    }

    /// <summary>From now on as much is read as is asked for.</summary>
    public void ListIsRead() => _left = long.MaxValue;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Counted(_file.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await _file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => _file.Seek(offset, origin);

    public override void Flush() => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private int Counted(int count)
    {
        _left -= count;
        return IsListTooLong ? throw new InvalidDataException() : count;
    }
}
