using IdfKit.Storage;

namespace IdfKit.Simulation.Storing;

/// <summary>
/// The folders that lead to a job's output directory on local disk. Those that were made for it go again, unless
/// something lies in them.
/// </summary>
internal sealed class MadeFolders : IDisposable
{
    private readonly Stack<string> _made = new();

    public MadeFolders(string folder)
    {
        for (var at = folder; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at)) _made.Push(at);
        try { Directory.CreateDirectory(folder); }
        catch (IOException e) when (_made.Any(File.Exists) || File.Exists(Path.GetDirectoryName(_made.FirstOrDefault() ?? folder)))
        {
            throw new StorageException(StorageErrorKind.Conflict, "Simulate", folder,
                $"Making the output directory '{folder}' failed: a file lies where a folder should be; choose another.", innerException: e);
        }
    }

    public void Dispose()
    {
        foreach (var folder in _made.Reverse())
        {
            try { if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder); }
            catch (IOException) { return; } // another job has begun to use it
        }
    }
}
