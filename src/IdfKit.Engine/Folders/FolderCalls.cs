using System.Runtime.InteropServices;

namespace IdfKit.Engine.Folders;

/// <summary>
/// Linux's calls that find files beneath an open folder, without following links. Flags that differ are told apart by the processor.
/// </summary>
internal static unsafe partial class FolderCalls
{
    public const int NotPermitted = 1, NotThere = 2, Interrupted = 4, TryAgain = 11; // EPERM, ENOENT, EINTR, EAGAIN
    public const int NoSuchCall = 38; // ENOSYS
    public const int CurrentFolder = -100; // AT_FDCWD
    public const int RemoveFolder = 0x200, FollowLink = 0x400; // AT_REMOVEDIR, AT_SYMLINK_FOLLOW
    public const int ReadOnly = 0, NoTerminal = 0x100, NonBlocking = 0x800; // O_RDONLY, O_NOCTTY, O_NONBLOCK
    public const int CloseOnExec = 0x80000, PathOnly = 0x200000; // O_CLOEXEC, O_PATH

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    /// <summary>O_DIRECTORY</summary>
    public static int FolderOnly => IsArm ? 0x4000 : 0x10000;

    /// <summary>O_NOFOLLOW</summary>
    public static int NoFollow => IsArm ? 0x8000 : 0x20000;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int folder, byte* name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int Statx(int folder, byte* name, int flags, uint mask, byte* answer);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int UnlinkAt(int folder, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true)]
    public static partial int RenameAt(int fromFolder, byte* from, int toFolder, byte* to);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true)]
    public static partial int LinkAt(int fromFolder, byte* from, int toFolder, byte* to, int flags);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true)]
    public static partial int ChangeMode(byte* path, uint mode);

    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    public static partial nint OpenListing(int descriptor);

    /// <summary>struct dirent of 64-bit Linux; null at the end.</summary>
    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    public static partial byte* ReadListing(nint listing);

    [LibraryImport("libc", EntryPoint = "closedir")]
    public static partial int CloseListing(nint listing);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint folder, byte* name, OpenHow* how, nint size);

    /// <summary>openat2 (Linux 5.6): beneath the folder, through no link of any kind. A descriptor, or negative.</summary>
    public static int OpenBeneath(int folder, byte* name, int flags)
    {
        const int OpenAt2 = 437; // the same on every architecture
        const ulong NoMagicLinks = 2, NoLinks = 4, Beneath = 8;
        var how = new OpenHow { Flags = (uint)flags, Resolve = NoMagicLinks | NoLinks | Beneath };
        return (int)SystemCall(OpenAt2, folder, name, &how, sizeof(OpenHow));
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags, Mode, Resolve;
    }
}
