using System.Buffers;
using System.Security.Cryptography;

using IdfKit.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace IdfKit.Runs.Publishing;

/// <summary>
/// An open file that is hashed while it is sent, so that the checksum is of the bytes that went out: a send that starts over sends all
/// of it again, and the last time counts.
/// </summary>
/// <param name="file">Stays open.</param>
/// <param name="length">How much of it is sent.</param>
internal sealed class HashedContent(SafeFileHandle file, long length) : ReadingStream
{
    /// <summary>How much of a result is read at a time.</summary>
    public const int PieceBytes = 128 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _hashed;

    public override long Length => length;

    /// <summary>SHA-256, in lower-case hexadecimal digits, of a file up to a length; null when it becomes shorter meanwhile.</summary>
    public static string? HashOf(SafeFileHandle file, long length, CancellationToken cancellationToken)
    {
        using var content = new HashedContent(file, length);
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (content.Read(piece) > 0) cancellationToken.ThrowIfCancellationRequested();
            return content.Sha256;
        }
        catch (EndOfStreamException) { return null; }
        finally { ArrayPool<byte>.Shared.Return(piece); }
    }

    /// <summary>Whether the file ended before its length.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>In lower-case hexadecimal digits; null when the bytes were not read in order to the end.</summary>
    public string? Sha256 => _hashed == length ? Convert.ToHexStringLower(_hash.GetCurrentHash()) : null;

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Clamp(length - Position, 0, buffer.Length);
        var count = wanted == 0 ? 0 : RandomAccess.Read(file, buffer[..wanted], Position);
        if (count == 0 && wanted > 0)
        {
            IsCutOff = true;
            throw new EndOfStreamException("The file became shorter while it was read.");
        }
        Take(buffer[..count]);
        Position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Read(buffer.Span));

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (Position == 0 && _hashed > 0)
        {
            _ = _hash.GetHashAndReset();
            _hashed = 0;
        }
        if (Position != _hashed) return;
        _hash.AppendData(bytes);
        _hashed += bytes.Length;
    }
}
