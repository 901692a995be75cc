using Microsoft.Win32.SafeHandles;

namespace IdfKit.Storage.Files;

/// <summary>
/// An open file that holds what it held when it was opened: that another program cuts it off while it is read is a
/// failure, not an end. A file that does not say its size (<c>/proc</c>) is read from its start to its end.
/// </summary>
internal sealed class ContentStream : FileStream
{
    private const int BufferBytes = 4096;

    private readonly Func<StorageException> _cutOff;
    private readonly long _length;
    private readonly bool _saysItsSize;

    private ContentStream(SafeFileHandle file, long length, Func<StorageException> cutOff) : base(file, FileAccess.Read, BufferBytes)
    {
        (_cutOff, _length) = (cutOff, length);
        Span<byte> first = stackalloc byte[1];
        _saysItsSize = length > 0 || RandomAccess.Read(file, first, 0) == 0;
    }

    public override bool CanSeek => _saysItsSize && base.CanSeek;

    public override long Length => _saysItsSize ? base.Length : throw new NotSupportedException("This file does not say its size.");

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
            return new ContentStream(file, RandomAccess.GetLength(file), cutOff);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>All of it.</summary>
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

    public override int Read(Span<byte> buffer) => IsBeyond(buffer.Length) ? 0 : Checked(base.Read(buffer), buffer.Length);

    public override int Read(byte[] buffer, int offset, int count) =>
        IsBeyond(count) ? 0 : Checked(base.Read(buffer, offset, count), count);

    public override int ReadByte()
    {
        Span<byte> one = [0];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        IsBeyond(buffer.Length)
            ? 0
            : Checked(await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    // The base copies without these reads.
    public override void CopyTo(Stream destination, int bufferSize)
    {
        ValidateCopyToArguments(destination, bufferSize);
        var buffer = new byte[bufferSize];
        for (int count; (count = Read(buffer)) > 0;) destination.Write(buffer, 0, count);
    }

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        ValidateCopyToArguments(destination, bufferSize);
        var buffer = new byte[bufferSize];
        for (int count; (count = await ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            await destination.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
    }

    // The system takes no place that with the count passes the largest number.
    private bool IsBeyond(int count) => Position > Math.Max(_length, long.MaxValue - count - BufferBytes);

    private int Checked(int count, int asked) => count == 0 && asked > 0 && Position < _length ? throw _cutOff() : count;
}
