using IdfKit.Storage;

namespace IdfKit.Simulation.Storing;

/// <summary>Takes a file to its place on the same disk, which costs no second copy.</summary>
internal static class LocalMove
{
    /// <exception cref="StorageException">Something is in the way, or the folder may not be written.</exception>
    public static void Replace(string from, string to)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Move(from, to, overwrite: true);
        }
        catch (Exception e) when (LocalErrors.IsOfDisk(e))
        {
            throw LocalErrors.Wrap(e, nameof(Simulator.Simulate), to);
        }
    }
}
