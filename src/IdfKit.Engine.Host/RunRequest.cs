namespace IdfKit.Engine.Host;

/// <summary>
/// That a run is wanted of this host, as it comes through the socket that is its standard input: one byte with two descriptors,
/// the standard input and the output of the run's process. The answer is that process's number (4 bytes), or the negative number of
/// the error for which there is none.
/// </summary>
/// <remarks>The other side is <c>IdfKit.Engine/Children/Linux/ForkSocket.cs</c>; SCM_RIGHTS: unix(7).</remarks>
internal readonly unsafe struct RunRequest
{
    private const int Socket = 0;

    private readonly int _input;
    private readonly int _output;

    private RunRequest(int input, int output) => (_input, _output) = (input, output);

    /// <summary>Waits for the next one. Null when nobody is left to ask.</summary>
    public static RunRequest? Receive()
    {
        const int CloseOnExec = 0x4000_0000, OfSocket = 1, Rights = 1; // MSG_CMSG_CLOEXEC, SOL_SOCKET, SCM_RIGHTS
        const int HeaderBytes = 16, LevelAt = 8, TypeAt = 12; // struct cmsghdr
        const int ControlBytes = HeaderBytes + (2 * sizeof(int));
        var control = stackalloc byte[ControlBytes];
        byte asked = 0;
        Libc.Bytes data = new() { First = &asked, Length = 1 };
        Libc.MessageHeader message = new() { Data = &data, DataCount = 1, Control = control, ControlLength = ControlBytes };
        if (Libc.Receive(Socket, &message, CloseOnExec) != 1 || message.ControlLength != ControlBytes) return null;
        if (*(int*)(control + LevelAt) != OfSocket || *(int*)(control + TypeAt) != Rights) return null;
        var descriptors = (int*)(control + HeaderBytes);
        return new(descriptors[0], descriptors[1]);
    }

    /// <summary>Tells the asking process.</summary>
    public static void Answer(int number) => _ = Libc.Write(Socket, new ReadOnlySpan<byte>(&number, sizeof(int)), sizeof(int));

    /// <summary>In the run's process: from here on the three standard descriptors are its own, and the socket is not among them.</summary>
    public void Take()
    {
        if (Libc.Dup2(_input, 0) < 0 || Libc.Dup2(_output, 1) < 0 || Libc.Dup2(_output, 2) < 0)
            throw BoundsException.OfCall("taking over its input and output");
        Close();
    }

    public void Close()
    {
        _ = Libc.Close(_input);
        _ = Libc.Close(_output);
    }
}
