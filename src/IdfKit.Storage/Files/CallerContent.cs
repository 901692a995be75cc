using System.Buffers;

namespace IdfKit.Storage.Files;

/// <summary>
/// A stream of the caller's that is about to be stored. Some only read asynchronously (the body of a web server's
/// request), some only blocking; the first read finds out, so that both modes store both.
/// </summary>
internal sealed class CallerContent : ReadingStream
{
    private readonly Stream _inner;
    private readonly CancellationToken _cancellationToken;
    private bool _blocks;
    private bool _mayTurn = true;

    private CallerContent(Stream inner, bool blocks, CancellationToken cancellationToken) =>
        (_inner, _blocks, _cancellationToken) = (inner, blocks, cancellationToken);

    public override bool CanSeek => _inner.CanSeek;

    public override long Length => _inner.Length;

    public override long Position { get => _inner.Position; set => _inner.Position = value; }

    /// <summary>The stream as one that reads either way; files and memory do by themselves.</summary>
    /// <param name="content">The caller's, who disposes it.</param>
    /// <param name="blocks">Whether blocking reads are tried first; they cannot be cancelled.</param>
    /// <param name="cancellationToken">Ends a read that waits.</param>
    public static Stream Of(Stream content, bool blocks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!content.CanRead)
            throw content.CanWrite
                ? new NotSupportedException("The stream to store cannot be read.")
                : new ObjectDisposedException(content.GetType().Name, "The stream to store was disposed of, or cannot be read.");
        var type = content.GetType();
        var readsEitherWay = content is CallerContent or BytesStream or ContentStream
            || type == typeof(FileStream) || type == typeof(MemoryStream);
        return readsEitherWay ? content : new CallerContent(content, blocks, cancellationToken);
    }

    public override long Seek(long offset, SeekOrigin origin) => _inner.Seek(offset, origin);

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return Settled(_blocks ? _inner.Read(buffer) : Wait(buffer));
            }
            catch (Exception refused) when (_mayTurn && IsRefusal(refused))
            {
                Turn();
            }
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return Settled(_blocks
                    ? _inner.Read(buffer.Span)
                    : await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception refused) when (_mayTurn && IsRefusal(refused))
            {
                Turn();
            }
        }
    }

    private static bool IsRefusal(Exception error) =>
        error is NotSupportedException or NotImplementedException or InvalidOperationException and not ObjectDisposedException;

    private void Turn() => (_blocks, _mayTurn) = (!_blocks, false);

    private int Settled(int count)
    {
        _mayTurn = false;
        return count;
    }

    private int Wait(Span<byte> buffer)
    {
        var rented = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            var memory = rented.AsMemory(0, buffer.Length);
            var count = Blocking.Wait(() => _inner.ReadAsync(memory, _cancellationToken).AsTask());
            memory.Span[..count].CopyTo(buffer);
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
