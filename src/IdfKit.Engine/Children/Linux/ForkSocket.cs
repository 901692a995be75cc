using System.Runtime.InteropServices;

namespace IdfKit.Engine.Children.Linux;

/// <summary>
/// The socket by which a host is asked for a process: a byte with two descriptors, which become the process's input and output.
/// What comes back stands in <c>IdfKit.Engine.Host/RunRequest.cs</c>.
/// </summary>
internal static unsafe class ForkSocket
{
    private const int LevelAt = 8, TypeAt = 12, HeaderBytes = 16; // struct cmsghdr

    // A fork takes a millisecond or two. Seconds are counted one by one: one in which both processes were frozen is one.
    private const int MostSeconds = 20, Second = 1_000;

    /// <summary>The host's end and this process's.</summary>
    public static (int Read, int Write) New()
    {
        const int Unix = 1, KeepsMessages = 5; // AF_UNIX, SOCK_SEQPACKET
        var ends = stackalloc int[2];
        if (Libc.SocketPair(Unix, KeepsMessages | Libc.CloseOnExec, 0, ends) != 0)
            throw CannotStart("opening a socket failed: " + Libc.LastError());
        return (SpawnedProcess.Raised(ends[0]), SpawnedProcess.Raised(ends[1]));
    }

    /// <exception cref="EnergyPlusException">CannotStart.</exception>
    public static int Ask(int socket, int input, int output)
    {
        const int ControlBytes = HeaderBytes + (2 * sizeof(int));
        const int NoSignal = 0x4000, OfSocket = 1, Rights = 1; // MSG_NOSIGNAL, SOL_SOCKET, SCM_RIGHTS
        var control = stackalloc byte[ControlBytes];
        *(nuint*)control = ControlBytes;
        *(int*)(control + LevelAt) = OfSocket;
        *(int*)(control + TypeAt) = Rights;
        *(int*)(control + HeaderBytes) = input;
        *(int*)(control + HeaderBytes + sizeof(int)) = output;
        byte asked = 1;
        Libc.Bytes data = new() { First = &asked, Length = 1 };
        Libc.MessageHeader message = new() { Data = &data, DataCount = 1, Control = control, ControlLength = ControlBytes };
        if (Libc.Send(socket, &message, NoSignal) != 1) throw CannotStart("asking it failed: " + Libc.LastError());

        int process;
        if (!IsAnswered(socket)) throw CannotStart("it does not answer");
        if (Libc.Read(socket, (byte*)&process, sizeof(int)) != sizeof(int)) throw CannotStart("it has ended");
        return process > 0 ? process : throw CannotStart("forking failed: " + Marshal.GetPInvokeErrorMessage(-process));
    }

    private static bool IsAnswered(int socket)
    {
        Libc.PollEntry entry = new() { Descriptor = socket, Wanted = Libc.PollIn };
        for (var second = 0; second < MostSeconds;)
        {
            var ready = Libc.Poll(&entry, 1, Second);
            if (ready > 0) return true;
            if (ready < 0 && Marshal.GetLastPInvokeError() != Libc.Interrupted) return false;
            if (ready == 0) second++;
        }
        return false;
    }

    private static EnergyPlusException CannotStart(string why) =>
        new(EnergyPlusErrorKind.CannotStart, $"Getting a process for EnergyPlus from its engine host failed: {why}.");
}
