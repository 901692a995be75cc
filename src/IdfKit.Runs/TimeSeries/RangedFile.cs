using IdfKit.Storage.Files;

namespace IdfKit.Runs.TimeSeries;

/// <summary>A file of which only some stretches are held. A read elsewhere is one that the file should not have asked for.</summary>
internal sealed class RangedFile(long length, params IReadOnlyList<(long Offset, ReadOnlyMemory<byte> Bytes)> parts) : ReadingStream
{
    public override long Length => length;

    /// <exception cref="InvalidDataException">Nothing is held there.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || Position >= length) return 0;
        foreach (var (offset, bytes) in parts)
        {
            if (Position < offset || Position >= offset + bytes.Length) continue;
            var rest = bytes.Span[(int)(Position - offset)..];
            var count = Math.Min(rest.Length, buffer.Length);
            rest[..count].CopyTo(buffer);
            Position += count;
            return count;
        }
        throw new InvalidDataException("The file points to where none of its parts lies.");
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Read(buffer.Span));
}
