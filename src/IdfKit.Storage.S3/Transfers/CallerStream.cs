using System.Runtime.ExceptionServices;
using IdfKit.Storage.Files;

namespace IdfKit.Storage.S3.Transfers;

/// <summary>
/// The rest of a seekable stream of the caller's while the SDK reads it. An error of its own is kept, since the SDK would
/// take it for one of the network; and once it is left, the caller's stream is not touched any more.
/// </summary>
internal sealed class CallerStream(Stream inner, long length) : ReadingStream
{
    // The SDK hashes in pieces of 4 KB, and what is read of a file is one call of the system each.
    private readonly Stream _inner = inner is FileSlice or ContentStream ? new BufferedStream(inner, S3Connection.BytesAtATime) : inner;
    private readonly Lock _leaving = new();
    private readonly long _start = inner.Position;
    private ExceptionDispatchInfo? _fault;
    private long _at;
    private bool _left;

    public override long Length => length;

    public override long Position { get => _at; set => _at = value; }

    /// <summary>Throws what the stream threw, if it did.</summary>
    public void ThrowItsError() => _fault?.Throw();

    /// <summary>Lets go of the caller's stream, when all of it was read; else says no.</summary>
    public bool Leave()
    {
        lock (_leaving) return _left = _at == length;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var wanted = Begin(count);
        if (wanted == 0) return 0;
        try
        {
            return Took(_inner.Read(buffer, offset, wanted));
        }
        catch (Exception error)
        {
            _fault = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = Begin(buffer.Length);
        if (wanted == 0) return 0;
        try
        {
            return Took(await _inner.ReadAsync(buffer[..wanted], cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            _fault = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => _at = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _at + offset,
        _ => length + offset,
    };

    // How much may be read; the caller's stream then stands where this one does.
    private int Begin(int count)
    {
        lock (_leaving)
        {
            if (_at >= length) return 0;
            if (_left) throw new InvalidOperationException("The caller has its stream back.");
        }
        if (_inner.Position != _start + _at) _inner.Position = _start + _at;
        return (int)Math.Min(count, length - _at);
    }

    private int Took(int count)
    {
        if (count == 0) throw new EndOfStreamException("The stream ended before its length.");
        _at += count;
        return count;
    }
}
