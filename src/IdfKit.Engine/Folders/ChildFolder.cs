using Microsoft.Win32.SafeHandles;

namespace IdfKit.Engine.Folders;

/// <summary>
/// A folder that a child process writes to, held open. It may hold anything: links, pipes, names that are no text. What lies in it is
/// found beneath it and never through a link, and no call here waits.
/// </summary>
/// <remarks>
/// On Linux the kernel promises that. Elsewhere it is looked at before it is opened, so that a process which still runs can put a
/// link in between.
/// </remarks>
internal abstract class ChildFolder : IDisposable
{
    /// <summary>Opens a folder of this process's own; null when it is not there or may not be entered.</summary>
    public static ChildFolder? TryOpen(string path) => OperatingSystem.IsLinux() ? LinuxFolder.TryOpen(path) : PortableFolder.TryOpen(path);

    /// <summary>Opens a file that a child may have written in a folder of this process's own; null when there is no plain one.</summary>
    public static FileStream? TryRead(string path)
    {
        using var folder = TryOpen(Path.GetDirectoryName(path)!);
        return folder?.TryReadFile(Path.GetFileName(path));
    }

    /// <summary>Whether two open files of one disk are the same; elsewhere than on Linux nobody says, and they are taken for it.</summary>
    public static bool AreSame(SafeFileHandle one, SafeFileHandle other) => !OperatingSystem.IsLinux()
        || FileState.Of((int)one.DangerousGetHandle()) is { } first
        && FileState.Of((int)other.DangerousGetHandle()) is { } second
        && first.Number == second.Number;

    /// <summary>What lies in it, in no order; nothing when it cannot be listed. Entries that vanish meanwhile are left out.</summary>
    public abstract IEnumerable<FolderEntry> Entries();

    /// <summary>
    /// Opens a file for reading; null when there is none, when it is anything but a plain file with one name, or may not be read.
    /// </summary>
    /// <param name="path">Beneath this folder, with <c>/</c>.</param>
    public abstract SafeFileHandle? TryOpenFile(string path);

    /// <summary>Opens a folder in it, in the same way.</summary>
    public abstract ChildFolder? TryOpenFolder(string name);

    /// <inheritdoc cref="TryOpenFile"/>
    public FileStream? TryReadFile(string path) =>
        TryOpenFile(path) is { } file ? new FileStream(file, FileAccess.Read, bufferSize: 1) : null;

    /// <summary>Whether it has a plain file of that name.</summary>
    public abstract bool Has(string name);

    public abstract void Dispose();
}
