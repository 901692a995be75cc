using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IdfKit.Storage.Files;

/// <summary>
/// Files, as against the other things that may have a name on Unix: reading a pipe or a device may wait for ever, and a
/// write must not take its place. No call here waits.
/// </summary>
internal static partial class RegularFile
{
    private const int ReadOnly = 0;

    private static int NonBlocking => OperatingSystem.IsLinux() ? 0x800 : 0x4;

    private static int CloseOnExec => OperatingSystem.IsLinux() ? 0x80000 : 0x1000000;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="FileNotFoundException">Nothing is there, or a folder, or no file.</exception>
    /// <exception cref="IOException">As the system says.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SafeFileHandle Open(string place)
    {
        if (Directory.Exists(place) || FileKinds.Of(place) == FileKind.Special) throw NoFile(place);
        if (OperatingSystem.IsWindows())
            return File.OpenHandle(place, share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.SequentialScan);
        var file = new SafeFileHandle(OpenDescriptor(place), ownsHandle: true);
        // It may have been replaced in between.
        var kind = FileKinds.Of(file);
        if (kind is FileKind.Regular || (kind is FileKind.Unknown && HasLength(file))) return file;
        file.Dispose();
        throw NoFile(place);
    }

    /// <summary>As a file has, and a pipe or a socket has not, where the system does not say what it is.</summary>
    private static bool HasLength(SafeFileHandle file)
    {
        try { return RandomAccess.GetLength(file) >= 0; }
        catch (NotSupportedException) { return false; }
    }

    private static int OpenDescriptor(string place)
    {
        const int interrupted = 4;
        while (true)
        {
            var descriptor = OpenBySystem(place, ReadOnly | NonBlocking | CloseOnExec);
            if (descriptor >= 0) return descriptor;
            var error = Marshal.GetLastPInvokeError();
            if (error != interrupted) throw Failed(error, place);
        }
    }

    private static FileNotFoundException NoFile(string place) => new($"'{place}' is no file.", place);

    private static Exception Failed(int error, string place) => error switch
    {
        2 => new FileNotFoundException($"'{place}' does not exist.", place),
        20 => new DirectoryNotFoundException($"A part of '{place}' is no folder."),
        1 or 13 => new UnauthorizedAccessException($"'{place}' may not be read."),
        _ => new IOException($"{new Win32Exception(error).Message}: '{place}'", error),
    };

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenBySystem(string path, int flags);
}
