using Microsoft.Win32.SafeHandles;

namespace IdfKit.Storage.Files;

/// <summary>
/// An open file that holds what it held when it was opened: that another program cuts it off while it is read is a
/// failure, not an end. A file that does not say its size (<c>/proc</c>) is read from its start to its end.
/// </summary>
internal sealed class ContentStream : ReadingStream
{
    private const int BufferBytes = 4096;

    private readonly Func<StorageException> _cutOff;
    private readonly long _length;
    private readonly bool _saysItsSize;
    private byte[]? _buffer;
    private long _bufferStart;
    private int _buffered;

    private ContentStream(SafeFileHandle file, Func<StorageException> cutOff)
    {
        (File, _cutOff, _length) = (file, cutOff, RandomAccess.GetLength(file));
        Span<byte> first = stackalloc byte[1];
        _saysItsSize = _length > 0 || RandomAccess.Read(file, first, 0) == 0;
    }

    /// <summary>For reading it by place.</summary>
    public SafeFileHandle File { get; }

    public override bool CanSeek => _saysItsSize && base.CanSeek;

    public override long Length
    {
        get
        {
            ThrowIfClosed();
            return _saysItsSize ? _length : throw new NotSupportedException("This file does not say its size.");
        }
    }

    /// <summary>Opens a file for reading; never waits.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="cutOff">What to throw when it becomes shorter while it is read.</param>
    /// <exception cref="IOException">As <see cref="RegularFile.Open"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ContentStream Open(string place, Func<StorageException> cutOff)
    {
        var file = RegularFile.Open(place);
        try
        {
            return new ContentStream(file, cutOff);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>All of it, from the start.</summary>
    /// <exception cref="IOException">It is too long for one array.</exception>
    public byte[] ReadAll()
    {
        if (_length > Array.MaxLength) throw new IOException("the file is too long for one array; use OpenRead or Download");
        if (!_saysItsSize)
        {
            using var copy = new MemoryStream();
            CopyTo(copy);
            return copy.ToArray();
        }
        var content = GC.AllocateUninitializedArray<byte>((int)_length);
        for (var read = 0; read < content.Length;) read += Read(content.AsSpan(read));
        return content;
    }

    public override int Read(Span<byte> buffer)
    {
        ThrowIfClosed();
        var wanted = _saysItsSize ? (int)Math.Clamp(_length - Position, 0, buffer.Length) : buffer.Length;
        if (wanted == 0) return 0;
        var count = wanted < BufferBytes ? FromBuffer(buffer[..wanted]) : RandomAccess.Read(File, buffer[..wanted], Position);
        if (count == 0 && _saysItsSize) throw _cutOff();
        Position += count;
        return count;
    }

    // On Unix an asynchronous read of a file only blocks another thread of the pool; reading here spares the hand-over.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);
        try { return new(Read(buffer.Span)); }
        catch (Exception error) { return ValueTask.FromException<int>(error); }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) File.Dispose();
        base.Dispose(disposing);
    }

    private int FromBuffer(Span<byte> destination)
    {
        var at = Position - _bufferStart;
        if (at < 0 || at >= _buffered)
        {
            _buffer ??= new byte[BufferBytes];
            (_bufferStart, _buffered, at) = (Position, RandomAccess.Read(File, _buffer, Position), 0);
        }
        var count = Math.Min(destination.Length, _buffered - (int)at);
        _buffer.AsSpan((int)at, count).CopyTo(destination);
        return count;
    }
}
