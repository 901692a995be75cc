using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace IdfKit.Engine.Folders;

/// <summary>
/// A name of this process's own for a file of a child's that is open: for what opens files by name only (SQLite), and would follow
/// a link or wait for a pipe that has taken the place of the file. Gone when disposed.
/// </summary>
internal sealed unsafe class PrivateName : IDisposable
{
    private PrivateName(string path) => Path = path;

    public string Path { get; }

    /// <summary>Null where there is no second name to be had for a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="folder">Where the name goes: on the same disk, and out of the child's reach.</param>
    public static PrivateName? TryGive(SafeFileHandle file, string folder)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var path = System.IO.Path.Combine(folder, "idfkit-" + Guid.NewGuid().ToString("N"));
        var opened = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.DangerousGetHandle()}");
        fixed (byte* from = Encoding.UTF8.GetBytes(opened + '\0'), to = Encoding.UTF8.GetBytes(path + '\0'))
        {
            var given = FolderCalls.LinkAt(FolderCalls.CurrentFolder, from, FolderCalls.CurrentFolder, to, FolderCalls.FollowLink);
            return given == 0 ? new(path) : null;
        }
    }

    public void Dispose() => File.Delete(Path);
}
