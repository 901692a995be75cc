using System.Runtime.InteropServices;
using System.Text;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>
/// What tells one content of a file from another without reading it. On Linux one call gives all of it (statx(2)), also which file it is
/// and when anything of it changed, its name included: a file that was moved into another's place differs, though size and time are equal.
/// </summary>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When its content changed.</param>
/// <param name="Identity">Which file of its disk it is; 0: the system does not say.</param>
/// <param name="ChangedTicks">When anything of it changed, which nobody can set; 0: the system does not say.</param>
internal readonly partial record struct FileState(long Size, DateTime Modified, ulong Identity, long ChangedTicks)
{
    private const int NoSuchFile = 2, NoFolder = 20; // ENOENT, ENOTDIR

    /// <summary>Of the plain file at a path, or of that to which a link there leads; null where there is none.</summary>
    public static FileState? Of(string path)
    {
        if (OperatingSystem.IsLinux() && TryLinux(path, out var state)) return state;
        var file = Resolved(path);
        return file.Exists ? new FileState(file.Length, file.LastWriteTimeUtc, 0, 0) : null;
    }

    /// <summary>
    /// Whether a change that followed it would surely show: the clocks of some disks tick every two seconds. What says only a time that is
    /// still to come, as a file from another time zone may, stays so.
    /// </summary>
    /// <param name="now">When it was looked at, or before.</param>
    public bool IsSettled(DateTimeOffset now)
    {
        const long Tick = 3 * TimeSpan.TicksPerSecond;
        return ChangedTicks != 0 ? ChangedTicks < now.UtcTicks - Tick : Math.Abs(now.UtcTicks - Modified.Ticks) > Tick;
    }

    /// <summary>The file, or what a link leads to; a link's own size is that of its text.</summary>
    private static FileInfo Resolved(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is null) return file;
        try { return file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file; }
        catch (IOException) { return file; } // a link in a circle: reading it says so
    }

    /// <summary>False where the system does not say, or not in this way.</summary>
    private static bool TryLinux(string path, out FileState? state)
    {
        state = null;
        try
        {
            if (StatX(WorkingFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, BasicStats, out var found) != 0)
                return Marshal.GetLastPInvokeError() is NoSuchFile or NoFolder;
            if (!found.IsFile) return true;
            var modified = new DateTime(found.Modified.Ticks, DateTimeKind.Utc);
            state = new FileState((long)found.Size, modified, found.Inode, found.Changed.Ticks);
            return true;
        }
        catch (EntryPointNotFoundException) { return false; } // a C library from before 2018
    }
}
