using System.Runtime.InteropServices;

namespace IdfKit.Engine.Children.Linux;

/// <summary>The calls of the C library that .NET has no face for. Numbers are Linux's, the same on x64 and arm64.</summary>
internal static unsafe partial class Libc
{
    public const int Interrupted = 4, NoChild = 10; // EINTR, ECHILD
    public const int CloseOnExec = 0x80000, NonBlocking = 0x800; // O_CLOEXEC, O_NONBLOCK; the same bits for pipe2 and eventfd
    public const int Terminate = 15, Kill = 9; // SIGTERM, SIGKILL
    public const short PollIn = 1;
    public const int NoHang = 1, Exited = 4, KeepZombie = 0x01000000; // WNOHANG, WEXITED, WNOWAIT
    public const int DuplicateAtLeast = 1030; // F_DUPFD_CLOEXEC

    [LibraryImport("libc", EntryPoint = "syscall")]
    public static partial nint SystemCall(nint number, nint first, nint second, nint third);

    [LibraryImport("libc", EntryPoint = "prctl")]
    public static partial int Prctl(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

    /// <summary>The version of Landlock that the kernel has; not positive when it has none (linux/landlock.h).</summary>
    public static int LandlockVersion() => (int)SystemCall(444, 0, 0, 1);

    /// <summary>Makes this process the parent of descendants that lose theirs (PR_SET_CHILD_SUBREAPER, since Linux 3.4).</summary>
    /// <returns>False when it was that before, or cannot be.</returns>
    public static bool TryAdoptOrphans()
    {
        const int Ask = 37, Set = 36;
        var isSet = 0;
        return Prctl(Ask, (nuint)(&isSet), 0, 0, 0) == 0 && isSet == 0 && Prctl(Set, 1, 0, 0, 0) == 0;
    }

    /// <summary>Ends what <see cref="TryAdoptOrphans"/> began.</summary>
    public static void AdoptNoMore() => _ = Prctl(36, 0, 0, 0, 0);

    /// <summary>The session of a process; negative when it is gone.</summary>
    [LibraryImport("libc", EntryPoint = "getsid")]
    public static partial int SessionOf(int process);

    /// <summary>Keeps other processes of the same user from this one's memory and environment (PR_SET_DUMPABLE).</summary>
    public static void HideThisProcess() => _ = Prctl(4, 0, 0, 0, 0);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    public static partial int SocketPair(int domain, int type, int protocol, int* ends);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint Send(int socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int idType, int id, byte* information, int options);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    public static partial int Wait(int process, out int status, int options, out Usage usage);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second);

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    public static partial int SetLimit(int process, int resource, ulong* currentAndMost, void* old);

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    public static partial int Spawn(out int process, byte* program, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitializeActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    public static partial int AddOpen(void* actions, int descriptor, byte* path, int flags, uint mode);

    /// <summary>glibc 2.29.</summary>
    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    public static partial int AddDirectory(void* actions, byte* path);

    /// <summary>glibc 2.34.</summary>
    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static partial int AddCloseFrom(void* actions, int first);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static partial int InitializeAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroyAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetDefaultSignals(void* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetBlockedSignals(void* attributes, byte* signals);

    /// <summary>A descriptor that becomes readable when the process ends; negative before Linux 5.3 and in some sandboxes.</summary>
    public static int OpenProcess(int process)
    {
        const int PidfdOpen = 434; // the same on every architecture
        return (int)SystemCall(PidfdOpen, process, 0);
    }

    public static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    /// <summary>struct msghdr of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public Bytes* Data;
        public nuint DataCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Bytes
    {
        public void* First;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Seen;
    }

    /// <summary>struct rusage of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    public struct Usage
    {
        public long UserSeconds, UserMicroseconds, SystemSeconds, SystemMicroseconds;

        /// <summary>In KiB.</summary>
        public long PeakResident;

        public readonly TimeSpan CpuTime =>
            TimeSpan.FromSeconds(UserSeconds + SystemSeconds) + TimeSpan.FromMicroseconds(UserMicroseconds + SystemMicroseconds);
    }
}
