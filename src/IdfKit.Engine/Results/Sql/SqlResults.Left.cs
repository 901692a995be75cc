using System.Diagnostics;
using SQLitePCL;

using IdfKit.Engine.Folders;

namespace IdfKit.Engine;

public sealed partial class SqlResults
{
    private const int LongestText = 16 << 20;
    private const int StepsBetweenLooks = 100_000;
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Opens the database that a child has left in a folder; null when there is no plain file, or one that the child was still writing.
    /// It may be made to be read for ever, or to fill the memory: what takes longer than 30 s is given up.
    /// </summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="directory">The same as a path.</param>
    /// <param name="name">Its name there.</param>
    /// <exception cref="ResultsException">As <see cref="Open(string)"/>; as all that is read from it then, also when the time is over.</exception>
    internal static SqlResults? TryOpenIn(ChildFolder folder, string directory, string name)
    {
        using var file = folder.TryOpenFile(name);
        if (file is null || folder.Has(name + "-journal")) return null;
        var full = Path.GetFullPath(directory);
        // SQLite opens by name, twice, and waits for a pipe: it is given a name that the child cannot change.
        using var named = Path.GetDirectoryName(full) is { } above ? PrivateName.TryGive(file, above) : null;
        return Open(named?.Path ?? Path.Combine(full, name), Bound);
    }

    private static void Bound(sqlite3 database)
    {
        var began = Stopwatch.GetTimestamp();
        _ = raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LENGTH, LongestText);
        raw.sqlite3_progress_handler(
            database, StepsBetweenLooks, _ => Stopwatch.GetElapsedTime(began) > LongestReading ? 1 : 0, null);
    }
}
