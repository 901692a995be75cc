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
    private long _position;
    private bool _disposed;

    private S3ReadStream(RangeReader reader, FileEntry entry, SequentialCheck? check, ReadOnlyMemory<byte> window) =>
        (_reader, _entry, _check, _window) = (reader, entry, check, window);

    public override bool CanRead => !_disposed;

    public override bool CanSeek => !_disposed;

    public override long Length => _entry.SizeBytes;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
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
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        var left = (int)Math.Clamp(Length - _position, 0, buffer.Length);
        if (left == 0) return 0;
        if (FromWindow(buffer.Span[..left]) is var ready and > 0) return ready;
        var forward = _position == _windowStart + _window.Length;
        if (!forward) _nextWindow = FirstWindow;
        if (left >= _nextWindow)
        {
            var direct = await FetchAsync(buffer[..left], cancellationToken).ConfigureAwait(false);
            (_windowStart, _window, _nextWindow) = (_position + direct, default, Math.Min(_nextWindow * 2, LargestWindow));
            _position += direct;
            return direct;
        }
        var window = GC.AllocateUninitializedArray<byte>((int)Math.Min(_nextWindow, Length - _position));
        var count = await FetchAsync(window, cancellationToken).ConfigureAwait(false);
        (_windowStart, _window, _nextWindow) = (_position, window.AsMemory(0, count), Math.Min(_nextWindow * 2, LargestWindow));
        return FromWindow(buffer.Span[..left]);
    }

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var left = (int)Math.Clamp(Length - _position, 0, buffer.Length);
        if (left == 0) return 0;
        if (FromWindow(buffer[..left]) is var ready and > 0) return ready;
        var copy = new byte[left];
        var count = Blocking.Wait(() => ReadAsync(copy, CancellationToken.None).AsTask());
        copy.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        _window = default;
        _check?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<int> FetchAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        var fetched = await _reader.FillAsync(_position, destination, _entry.ETag, cancellationToken).ConfigureAwait(false);
        var count = (int)fetched.Count;
        if (_check?.Holds(destination.Span[..count], _position) is false) throw _reader.Altered();
        return count;
    }

    private int FromWindow(Span<byte> destination)
    {
        var at = _position - _windowStart;
        if (at < 0 || at >= _window.Length) return 0;
        var count = Math.Min(destination.Length, _window.Length - (int)at);
        _window.Span.Slice((int)at, count).CopyTo(destination);
        _position += count;
        return count;
    }
}
