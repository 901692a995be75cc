using IdfKit.Storage.Files;

namespace IdfKit.Storage.S3.Transfers;

/// <summary>
/// An object read from any position. Each miss fetches one window: small after a jump, doubling while reads go forward;
/// what is asked at once beyond a window goes straight to the caller. All bytes are of the content that was met at the
/// start, and who reads them from there to the end learns whether they are what the server stored.
/// </summary>
internal sealed class S3ReadStream : ReadingStream
{
    private const int FirstWindow = 64 * 1024, LargestWindow = 8 * 1024 * 1024;

    private readonly RangeReader _reader;
    private readonly FileEntry _entry;
    private readonly SequentialCheck? _check;
    private ReadOnlyMemory<byte> _window;
    private long _windowStart;
    private int _nextWindow = FirstWindow;

    private S3ReadStream(RangeReader reader, FileEntry entry, SequentialCheck? check, ReadOnlyMemory<byte> window) =>
        (_reader, _entry, _check, _window) = (reader, entry, check, window);

    public override long Length
    {
        get
        {
            ThrowIfClosed();
            return _entry.SizeBytes;
        }
    }

    public static async Task<S3ReadStream> OpenAsync(RangeReader reader, CancellationToken cancellationToken)
    {
        var start = new byte[FirstWindow];
        var first = await reader.FillAsync(0, start, null, cancellationToken).ConfigureAwait(false);
        var window = start.AsMemory(0, (int)first.Count);
        var check = first.PieceBytes is { } pieceBytes ? new SequentialCheck(first.Entry, pieceBytes) : null;
        check?.Holds(window.Span, 0); // what is one window was compared already
        return new S3ReadStream(reader, first.Entry, check, window);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        var left = (int)Math.Clamp(Length - Position, 0, buffer.Length);
        if (left == 0) return 0;
        if (FromWindow(buffer.Span[..left]) is var ready and > 0) return ready;
        var forward = Position == _windowStart + _window.Length;
        if (!forward) _nextWindow = FirstWindow;
        if (left >= _nextWindow)
        {
            var direct = await FetchAsync(buffer[..left], cancellationToken).ConfigureAwait(false);
            (_windowStart, _window, _nextWindow) = (Position + direct, default, Math.Min(_nextWindow * 2, LargestWindow));
            Position += direct;
            return direct;
        }
        var window = GC.AllocateUninitializedArray<byte>((int)Math.Min(_nextWindow, Length - Position));
        var count = await FetchAsync(window, cancellationToken).ConfigureAwait(false);
        (_windowStart, _window, _nextWindow) = (Position, window.AsMemory(0, count), Math.Min(_nextWindow * 2, LargestWindow));
        return FromWindow(buffer.Span[..left]);
    }

    public override int Read(Span<byte> buffer)
    {
        ThrowIfClosed();
        var left = (int)Math.Clamp(Length - Position, 0, buffer.Length);
        if (left == 0) return 0;
        if (FromWindow(buffer[..left]) is var ready and > 0) return ready;
        var copy = new byte[left];
        var count = Blocking.Wait(() => ReadAsync(copy, CancellationToken.None).AsTask());
        copy.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        _window = default;
        _check?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<int> FetchAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        var fetched = await _reader.FillAsync(Position, destination, _entry.ETag, cancellationToken).ConfigureAwait(false);
        var count = (int)fetched.Count;
        if (_check?.Holds(destination.Span[..count], Position) is false) throw _reader.Altered();
        return count;
    }

    private int FromWindow(Span<byte> destination)
    {
        var at = Position - _windowStart;
        if (at < 0 || at >= _window.Length) return 0;
        var count = Math.Min(destination.Length, _window.Length - (int)at);
        _window.Span.Slice((int)at, count).CopyTo(destination);
        Position += count;
        return count;
    }
}
