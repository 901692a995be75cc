using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace IdfKit.LocalCloud.Notifications;

/// <summary>
/// Whether another program still has a file open for writing. Linux answers by a read lease, which it refuses for just that reason
/// (fcntl(2), F_SETLEASE); it does so on local disks, for files of the user who asks.
/// </summary>
internal static partial class OpenForWriting
{
    private const int SetSignal = 10, SetLease = 1024, ReadLease = 0, NoLease = 2;
    private const int Urgent = 23; // SIGURG, which nobody minds; a broken lease would else end this process by SIGIO
    private const int Again = 11; // EAGAIN

    /// <summary>Null where the system does not say.</summary>
    public static bool? IsOpen(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return IsOpen(file);
        }
        // It went away, or may not be read: whoever reads it next says so.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return null; }
    }

    private static bool? IsOpen(SafeFileHandle file)
    {
        if (Control(file, SetSignal, Urgent) != 0) return null;
        if (Control(file, SetLease, ReadLease) != 0) return Marshal.GetLastPInvokeError() == Again ? true : null;
        _ = Control(file, SetLease, NoLease);
        return false;
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, int command, nint argument);
}
