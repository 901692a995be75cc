namespace IdfKit.Engine.Children.Linux;

/// <summary>Our end of the pipe on which a child prints.</summary>
internal sealed unsafe class OutputPipe(int descriptor, OutputReceiver receiver, PeakMemory memory) : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];

    /// <summary>False once every process that could print has closed its end.</summary>
    public bool IsOpen { get; private set; } = true;

    public bool WantsSamples => memory.NeedsSamples;

    /// <summary>Waits for output, for the end of the child, or to be woken, whichever comes first; hands output on.</summary>
    /// <param name="ended">Readable when the child has ended; negative: not watched.</param>
    /// <param name="wake">Readable when somebody wants attention; negative: not watched.</param>
    /// <param name="milliseconds">Longest wait; negative: no limit.</param>
    /// <returns>Whether there was output, so that there may be more.</returns>
    public bool ReadWhatIsThere(int ended, int wake, int milliseconds)
    {
        var entries = stackalloc Libc.PollEntry[3];
        entries[0] = new() { Descriptor = IsOpen ? descriptor : -1, Wanted = Libc.PollIn }; // poll skips negative ones
        entries[1] = new() { Descriptor = ended, Wanted = Libc.PollIn };
        entries[2] = new() { Descriptor = wake, Wanted = Libc.PollIn };
        if (Libc.Poll(entries, 3, milliseconds) < 0) return false; // interrupted: the caller asks again
        memory.Sample();
        if (entries[2].Seen != 0) Empty(wake);
        return entries[0].Seen != 0 && Read();
    }

    public void Dispose() => Close();

    private bool Read()
    {
        nint count;
        fixed (byte* buffer = _buffer) count = Libc.Read(descriptor, buffer, (nuint)_buffer.Length);
        if (count > 0) receiver(_buffer.AsSpan(0, (int)count));
        else if (count == 0) Close();
        return count > 0;
    }

    private static void Empty(int wake)
    {
        ulong count;
        _ = Libc.Read(wake, (byte*)&count, sizeof(ulong));
    }

    private void Close()
    {
        if (IsOpen) _ = Libc.Close(descriptor);
        IsOpen = false;
    }
}
