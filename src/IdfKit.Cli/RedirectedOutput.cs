namespace IdfKit.Cli;

/// <summary>
/// Standard output that goes to a file or another program: that it takes no more (a full disk) is no fault of what the command
/// looks at, and ends it with a sentence.
/// </summary>
internal sealed class RedirectedOutput(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Lets the commands write through it; a terminal stays as it is.</summary>
    public static void Use()
    {
        if (!Console.IsOutputRedirected) return;
        var writer = new StreamWriter(new RedirectedOutput(Console.OpenStandardOutput()), Console.Out.Encoding) { AutoFlush = true };
        Console.SetOut(writer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
        {
            throw new OutputLostException(lost.GetBaseException().Message);
        }
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
