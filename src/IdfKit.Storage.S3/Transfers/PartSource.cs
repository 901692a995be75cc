using System.Buffers;
using Microsoft.Win32.SafeHandles;

using IdfKit.Storage.Files;

namespace IdfKit.Storage.S3.Transfers;

/// <summary>Cuts one content into parts, in order. A part is disposed of when it is stored.</summary>
internal abstract class PartSource
{
    /// <summary>The next part, of <paramref name="bytes"/> bytes or, at the end, fewer; null when there is nothing left.</summary>
    public abstract ValueTask<Stream?> NextAsync(int bytes, CancellationToken cancellationToken);
}

/// <summary>Parts of a file: each reads its own slice while it travels, so no content is held in memory.</summary>
internal sealed class FileParts(SafeFileHandle file, long start, long end) : PartSource
{
    private long _at = start;

    public override ValueTask<Stream?> NextAsync(int bytes, CancellationToken cancellationToken)
    {
        if (_at == end) return default;
        var slice = new FileSlice(file, _at, Math.Min(bytes, end - _at));
        _at += slice.Length;
        return new(slice);
    }
}

/// <summary>Parts of any stream, each in a buffer of its own, since the stream goes on while they travel.</summary>
internal sealed class StreamParts(Stream content, ReadOnlyMemory<byte> start) : PartSource
{
    private ReadOnlyMemory<byte> _pending = start;
    private bool _any, _ended;

    public override async ValueTask<Stream?> NextAsync(int bytes, CancellationToken cancellationToken)
    {
        if (_ended) return null;
        var buffer = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            var count = Math.Min(_pending.Length, bytes);
            _pending[..count].CopyTo(buffer);
            _pending = _pending[count..];
            count += await content.ReadAtLeastAsync(
                buffer.AsMemory(count, bytes - count), bytes - count, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            _ended = count < bytes;
            if (count == 0 && _any) return null;
            _any = true;
            var part = new RentedPart(buffer, count);
            buffer = null;
            return part;
        }
        finally
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private sealed class RentedPart(byte[] buffer, int count) : MemoryStream(buffer, 0, count, writable: false)
    {
        private byte[]? _rented = buffer;

        protected override void Dispose(bool disposing)
        {
            if (disposing && Interlocked.Exchange(ref _rented, null) is { } rented) ArrayPool<byte>.Shared.Return(rented);
            base.Dispose(disposing);
        }
    }
}
