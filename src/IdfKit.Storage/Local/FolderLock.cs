using System.ComponentModel;
using System.Runtime.InteropServices;
using IdfKit.Storage.Files;

namespace IdfKit.Storage.Local;

/// <summary>
/// One writer of a folder at a time, between threads and processes: an advisory lock on the folder itself, so that nothing is left behind.
/// Held only from the check of a condition to the rename.
/// </summary>
internal sealed partial class FolderLock : IDisposable
{
    private const int ReadOnly = 0, Exclusive = 2, Interrupted = 4;

    private readonly int _descriptor = -1;
    private readonly FileStream? _file;

    private FolderLock(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            _file = OpenAlone(Path.Combine(folder, TemporaryName.Prefix + "lock"));
            return;
        }
        _descriptor = Open(folder, ReadOnly | CloseOnExec);
        if (_descriptor < 0) throw new IOException(new Win32Exception().Message, Marshal.GetLastPInvokeError());
        while (Lock(_descriptor, Exclusive) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == Interrupted) continue;
            Dispose();
            throw new IOException(new Win32Exception(error).Message, error);
        }
    }

    private static int CloseOnExec => OperatingSystem.IsLinux() ? 0x80000 : 0x1000000;

    /// <summary>Waits until no one else holds <paramref name="folder"/>.</summary>
    /// <exception cref="IOException">The folder is gone, or its disk has no locks.</exception>
    public static FolderLock Acquire(string folder) => new(folder);

    /// <summary>Both folders, in one order for all, so that two movers never wait for each other.</summary>
    public static IDisposable AcquireBoth(string folder, string other)
    {
        if (folder == other) return Acquire(folder);
        var inOrder = string.CompareOrdinal(folder, other) < 0 ? (folder, other) : (other, folder);
        var first = Acquire(inOrder.Item1);
        try
        {
            return new Pair(first, Acquire(inOrder.Item2));
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        if (_descriptor >= 0) _ = Close(_descriptor);
    }

    // Windows opens no folder as a file; there a file that vanishes with its handle does the same.
    private static FileStream OpenAlone(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception error) when (error is UnauthorizedAccessException || (error.HResult & 0xffff) == 32)
            {
                Thread.Sleep(1);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    private sealed record Pair(FolderLock First, FolderLock Second) : IDisposable
    {
        public void Dispose()
        {
            Second.Dispose();
            First.Dispose();
        }
    }
}
