using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>
/// Confines itself as a host does, then tries from another thread one thing that EnergyPlus must not do, in a form that
/// does no harm, and says what became of it. For <c>idfkit doctor</c>.
/// </summary>
internal static class AttackCommand
{
    private const int Ipv4 = 2, Netlink = 16, Vsock = 40, Stream = 1, Datagram = 2, MultipathTcp = 262;

    /// <summary>EPERM, EACCES and ENOSYS. Others say that the call is made, and only its arguments are wrong, on purpose.</summary>
    private static ReadOnlySpan<int> Refusals => [1, 13, 38];

    /// <summary>The names are those of IdfKit.Engine/Checks/ConfinementCheck.cs.</summary>
    private static readonly Dictionary<string, Func<nint>> Attacks = new(StringComparer.Ordinal)
    {
        ["tcp"] = () => Call("socket", Ipv4, Stream, 0),
        ["mptcp"] = () => Call("socket", Ipv4, Stream, MultipathTcp),
        ["udp"] = () => Call("socket", Ipv4, Datagram, 0),
        ["netlink"] = () => Call("socket", Netlink, Datagram, 0),
        ["vsock"] = () => Call("socket", Vsock, Stream, 0),
        ["signal"] = () => Call("kill", Libc.ParentId(), 0, 0),
        ["signal-by-file"] = () => Call("fcntl", 0, 8, Libc.ParentId()), // F_SETOWN
        ["memory"] = () => Call("process_vm_readv", Libc.ParentId(), 0, 0),
        ["trace"] = () => Call("ptrace", 3, Libc.ParentId(), 0), // PTRACE_PEEKUSER, of one that it does not trace
        ["descriptor"] = () => Call("pidfd_open", Libc.ParentId(), 0, 0),
        ["process"] = Fork,
        ["session"] = () => Call("setsid", 0, 0, 0),
        ["namespace"] = () => Call("unshare", 0, 0, 0),
        ["io_uring"] = () => Call("io_uring_setup", 0, 0, 0),
        ["userfaultfd"] = () => Call("userfaultfd", 1, 0, 0),
        ["keys"] = () => Call("keyctl", 0, -3, 0), // KEYCTL_GET_KEYRING_ID of the session
        ["shared-memory"] = () => Call("shmget", 0, 4096, 0x180),
        ["link"] = () => Call("linkat", -1, 0, -1),
        ["device"] = () => Call("mknodat", -1, 0, 0),
        ["reads"] = () => Opens("/etc/passwd", 0),
        ["lists"] = () => Opens("/", 0x10000), // O_DIRECTORY
        ["writes"] = () => Opens("/tmp", 0x410000 | 2), // O_TMPFILE | O_RDWR: a file without a name
        ["environment"] = () => Opens($"/proc/{Libc.ParentId()}/environ", 0),
    };

    public static int Run(Bounds bounds, string name)
    {
        if (!Attacks.TryGetValue(name, out var attack)) return Exits.Refuse($"there is no attack {name}.");
        bounds.Apply();
        Libc.ResetSignals();
        using var isConfined = new ManualResetEventSlim();
        var answer = "";
        var thread = new Thread(() =>
        {
            isConfined.Wait();
            answer = attack() >= 0 || Refusals.IndexOf(Marshal.GetLastPInvokeError()) < 0
                ? "reached"
                : $"refused: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}";
        });
        thread.Start();
        if (bounds.IsConfined) Libc.GiveUpPrivileges();
        if (bounds.HasFilter)
        {
            RefusedCall.Announce();
            SystemCallFilter.Enter();
        }
        if (bounds.HasLandlock) Landlock.EnterProcess(bounds.Readable, bounds.Writable);
        isConfined.Set();
        thread.Join();
        Exits.Say(1, answer);
        return 0;
    }

    private static nint Call(string name, nint first, nint second, nint third) =>
        Libc.SystemCall((nint)SystemCalls.NumberOf(name), first, second, third);

    private static nint Fork()
    {
        const nint TellParent = 17; // SIGCHLD
        var child = Call("clone", TellParent, 0, 0);
        if (child == 0) Libc.ExitNow(0);
        return child;
    }

    private static nint Opens(string path, int flags) => Libc.Open(path, flags);
}
