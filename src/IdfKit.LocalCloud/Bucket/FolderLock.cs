namespace IdfKit.LocalCloud.Bucket;

/// <summary>Whose folder it is: one server has it at a time, and who died has it no more.</summary>
internal static class FolderLock
{
    private const string Name = "lock";
    private const int Tries = 10; // who only asks whether the folder is served holds it for a moment

    /// <exception cref="IOException">Another server has it, or the file cannot be made.</exception>
    public static FileStream Take(string root, string hiddenFolder)
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                return new FileStream(Path.Combine(hiddenFolder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsTaken(e) && left <= 1)
            {
                throw new IOException(
                    $"The folder {root} is being served as a bucket already, by another process or server: use that one, or stop it first.",
                    e);
            }
            catch (IOException e) when (IsTaken(e))
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    /// <summary>Whether a server has the folder; false where there never was one.</summary>
    public static bool IsTaken(string hiddenFolder)
    {
        var path = Path.Combine(hiddenFolder, Name);
        try
        {
            if (new FileInfo(path).LinkTarget is not null || new DirectoryInfo(hiddenFolder).LinkTarget is not null)
                return false; // no server has made that
            // Whoever serves it has this file for itself; others who ask share it.
            using var free = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        // It is taken, or nobody here can tell: then nothing is said to be dead.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    // "Try again" of Linux and of macOS (EAGAIN), and Windows' sharing violation; a full or read-only disk is none of them.
    private static bool IsTaken(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
