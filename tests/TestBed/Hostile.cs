using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TestBed;

/// <summary>What a process that means harm leaves in a folder, by the calls of the C library. Linux.</summary>
public static partial class Hostile
{
    private const int OwnersAll = 0b111_000_000;
    private const int CurrentFolder = -100;

    public static void Pipe(string path) => Check(MakePipe(path, OwnersAll));

    public static void Socket(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path + ".bound"));
        File.Move(path + ".bound", path); // the name that is bound goes with the socket, the new one stays
    }

    public static void SecondName(string path, string other) => Check(Link(path, other));

    /// <summary>A file whose name is these bytes, e.g. none that are UTF-8.</summary>
    public static void FileNamed(string folder, params byte[] name)
    {
        var descriptor = Create([.. System.Text.Encoding.UTF8.GetBytes(folder + "/"), .. name, 0], OwnersAll);
        Check(descriptor);
        Check(Close(descriptor));
    }

    /// <summary>Folders in folders, deeper than any path can say.</summary>
    public static void Deep(string folder, int levels)
    {
        var at = CurrentFolder;
        var name = folder;
        for (var level = 0; level < levels; level++)
        {
            Check(MakeFolder(at, name, OwnersAll));
            var next = OpenAt(at, name, 0);
            Check(next);
            if (at != CurrentFolder) Check(Close(at));
            (at, name) = (next, "d");
        }
        Check(Close(at));
    }

    public static void WithoutRights(string path)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
    }

    private static void Check(int result)
    {
        if (result < 0) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, int mode);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "creat", SetLastError = true)]
    private static partial int Create(byte[] path, int mode);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFolder(int folder, string name, int mode);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(int folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
