using System.Runtime.ExceptionServices;
using IdfKit.Storage.Files;

namespace IdfKit.Storage.S3.Transfers;

/// <summary>
/// A stream of the caller's while the SDK reads it: an error of its own is kept, since the SDK would take it for one of
/// the network.
/// </summary>
internal sealed class CallerStream(Stream inner) : ReadingStream
{
    private ExceptionDispatchInfo? _fault;

    public override long Length => inner.Length;

    public override long Position { get => inner.Position; set => inner.Position = value; }

    /// <summary>Throws what the stream threw, if it did.</summary>
    public void ThrowItsError() => _fault?.Throw();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return inner.Read(buffer, offset, count);
        }
        catch (Exception error)
        {
            _fault = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            _fault = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);
}
