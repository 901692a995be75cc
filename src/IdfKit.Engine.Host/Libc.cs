using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>The calls of the C library that .NET has no face for. Numbers are Linux's, the same on x64 and arm64.</summary>
internal static unsafe partial class Libc
{
    public const int SetParentDeathSignal = 1; // PR_SET_PDEATHSIG
    public const int CloseOnExec = 4; // CLOSE_RANGE_CLOEXEC
    public const int Kill = 9; // SIGKILL
    public const int LastClassicSignal = 31;

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, Span<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "close_range", SetLastError = true)]
    public static partial int CloseRange(uint first, uint last, int flags);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int Prctl(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint first, nint second, nint third);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall4(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentId();

    /// <summary>Not <see cref="Environment.ProcessId"/>, which a forked process has from the one that it was forked from.</summary>
    [LibraryImport("libc", EntryPoint = "getpid")]
    public static partial int ProcessId();

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint Receive(int socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Clone(nint number, nint flags, nint stack, nint parentThread, nint fourth, nint fifth);

    /// <summary>
    /// Forks this process, which must have no other thread that works. The new process is not its child but its parent's
    /// (CLONE_PARENT), which waits for it and gets its account.
    /// </summary>
    /// <returns>0 in the new process; in this one the new one's number, or a negative number.</returns>
    public static int ForkForParent()
    {
        const int CloneParent = 0x8000, TellParent = 17; // SIGCHLD
        return (int)Clone((nint)SystemCalls.NumberOf("clone"), CloneParent | TellParent, 0, 0, 0, 0);
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "signal")]
    public static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    public static partial int SetSignalAction(int signal, SignalAction* action, SignalAction* old);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial void* Map(void* at, nuint bytes, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    public static partial int Advise(void* at, nuint bytes, int advice);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    public static partial int Protect(void* at, nuint bytes, int protection);

    [LibraryImport("libc", EntryPoint = "chdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeDirectory(string path);

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RemoveVariable(string name);

    /// <summary>In libc itself since glibc 2.34, which EnergyPlus needs anyway.</summary>
    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint OpenLibrary(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dlerror")]
    public static partial nint LibraryError();

    [LibraryImport("libc", EntryPoint = "fflush")]
    public static partial int Flush(nint stream);

    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void ExitNow(int code);

    /// <summary>Without this nobody may confine himself; no program that the process becomes has more rights than it has.</summary>
    public static void GiveUpPrivileges()
    {
        const int NoNewPrivileges = 38; // PR_SET_NO_NEW_PRIVS
        if (Prctl(NoNewPrivileges, 1, 0, 0, 0) != 0) throw BoundsException.OfCall("giving up privileges");
    }

    /// <summary>Keeps other processes of the same user, such as other runs, from this one's memory (PR_SET_DUMPABLE).</summary>
    public static void HideThisProcess() => _ = Prctl(4, 0, 0, 0, 0);

    /// <summary>
    /// The runtime handles some signals and ignores SIGPIPE; what runs after it must find them as a shell would leave
    /// them.
    /// </summary>
    public static void ResetSignals()
    {
        for (var signal = 1; signal <= LastClassicSignal; signal++) _ = Signal(signal, 0);
    }

    /// <summary>struct sigaction of glibc, with a mask of no signals.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 152)]
    public struct SignalAction
    {
        [FieldOffset(0)]
        public nint Handler;

        [FieldOffset(136)]
        public uint Flags;
    }

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
    public readonly struct Limit(ulong value)
    {
        public readonly ulong Current = value;
        public readonly ulong Most = value;
    }
}
