using IdfKit.Storage.Files;

namespace IdfKit.Cli.Places;

/// <summary>Hidden files that a call was writing when it was ended at once, by a second Ctrl-C for instance.</summary>
internal static class StoppedWrites
{
    private static readonly TimeSpan StillFor = TimeSpan.FromDays(1);

    private static readonly EnumerationOptions Hidden = new()
    {
        IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Where a file can be written that takes its place later; the next call removes it where this one cannot.</summary>
    public static string NewIn(string folder) => Path.Combine(folder, TemporaryName.New());

    /// <summary>
    /// Removes those of a folder whose process has ended; where nobody here can tell, such as of another machine's, those that nobody has
    /// written to for a day. One that somebody has open stays.
    /// </summary>
    public static void Remove(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles(TemporaryName.Prefix + "*", Hidden))
        {
            if (!TemporaryName.Is(file.Name)) continue;
            try
            {
                if (!(TemporaryName.IsOfEnded(file.Name) ?? IsStill(file))) continue;
                // On Unix this fails, too, while another process of .NET has it open, but not on every disk.
                new FileStream(file.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                file.Delete();
            }
            catch (Exception held) when (held is IOException or UnauthorizedAccessException) { continue; }
        }
    }

    private static bool IsStill(FileInfo file) => file.LastWriteTimeUtc <= TimeProvider.System.GetUtcNow().UtcDateTime - StillFor;
}
