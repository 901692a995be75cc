namespace IdfKit.Storage.Contract;

/// <summary>A stream like a network's: no length, no seeking, short reads.</summary>
internal class OneWayStream(byte[] content) : Stream
{
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var taken = Math.Min(Math.Min(count, 7_001), content.Length - _at);
        content.AsSpan(_at, taken).CopyTo(buffer.AsSpan(offset));
        _at += taken;
        OnRead(_at);
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected virtual void OnRead(int total)
    {
    }
}

/// <summary>Does something once so many bytes were read, such as cancelling or failing.</summary>
internal sealed class InterruptedStream(byte[] content, int after, Action interrupt) : OneWayStream(content)
{
    protected override void OnRead(int total)
    {
        if (total >= after) interrupt();
    }
}

/// <summary>The highest value reported, at once and not through a context.</summary>
internal sealed class Highest : IProgress<long>
{
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Report(long value)
    {
        for (var seen = Value; value > seen; seen = Value) Interlocked.CompareExchange(ref _value, value, seen);
    }
}

/// <summary>As the body of a web server's request: a blocking read is refused.</summary>
internal sealed class AsyncOnlyStream(byte[] content) : OneWayStream(content)
{
    public override int Read(byte[] buffer, int offset, int count) =>
        throw new InvalidOperationException("Blocking reads are not allowed here.");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var taken = new byte[buffer.Length];
        var count = base.Read(taken, 0, taken.Length);
        taken.AsMemory(0, count).CopyTo(buffer);
        return count;
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);
}

/// <summary>Knows no asynchronous reads.</summary>
internal sealed class BlockingOnlyStream(byte[] content) : OneWayStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This stream blocks.");

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This stream blocks.");
}

/// <summary>Fails the test that reads it.</summary>
internal sealed class UntouchedStream() : OneWayStream([1])
{
    public bool WasRead { get; private set; }

    protected override void OnRead(int total) => WasRead = true;
}
