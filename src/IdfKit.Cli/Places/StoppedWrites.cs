using IdfKit.Storage.Files;

namespace IdfKit.Cli.Places;

/// <summary>Hidden files that a call was writing on this machine when it was ended at once, by a second Ctrl-C for instance.</summary>
internal static class StoppedWrites
{
    private const int LengthOfGuid = 32;
    private static readonly TimeSpan StillFor = TimeSpan.FromMinutes(1);

    private static readonly EnumerationOptions Hidden = new()
    {
        IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Where a file can be written that takes its place later; the next call removes it where this one cannot.</summary>
    public static string NewIn(string folder) => Path.Combine(folder, ReplacingFile.TemporaryPrefix + Guid.NewGuid().ToString("N"));

    /// <summary>Removes those of a folder that nobody has written to for a minute, and that nobody has open.</summary>
    public static void Remove(string folder)
    {
        if (!Directory.Exists(folder)) return;
        var dead = TimeProvider.System.GetUtcNow().UtcDateTime - StillFor;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles(ReplacingFile.TemporaryPrefix + "*", Hidden))
        {
            if (file.Name.Length != ReplacingFile.TemporaryPrefix.Length + LengthOfGuid || file.LastWriteTimeUtc > dead) continue;
            try
            {
                // On Unix this fails, too, while another process of .NET has it open.
                new FileStream(file.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                file.Delete();
            }
            catch (Exception held) when (held is IOException or UnauthorizedAccessException) { continue; }
        }
    }
}
