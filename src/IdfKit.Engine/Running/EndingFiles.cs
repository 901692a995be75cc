using IdfKit.Engine.Folders;
using IdfKit.Engine.Results;

namespace IdfKit.Engine.Running;

/// <summary>The files in which EnergyPlus says how it ended.</summary>
internal sealed class EndingFiles(EngineRequest request)
{
    private const int MostLines = 1_000;
    private const string DatabaseFull = "database or disk is full"; // SQLite's words

    private readonly string _end = PathOf(request, "end");
    private readonly string _errors = PathOf(request, "err");
    private readonly string _database = Path.Combine(
        Path.GetFullPath(request.OutputDirectory), OutputNames.DatabaseLog(request.OutputPrefix, request.OutputSuffix));

    /// <summary>What an earlier run left must not be taken for this one's.</summary>
    public void Remove()
    {
        FolderRemoval.TryRemove(_end);
        FolderRemoval.TryRemove(_errors);
        FolderRemoval.TryRemove(_database);
    }

    /// <summary>
    /// Whether the disk had no room for all that EnergyPlus wrote. It cuts its files off there, ends with 0 and says that it has completed
    /// (25.2); but the <c>.end</c> file, which it writes last, is empty, or its database says so.
    /// </summary>
    public bool AreCutOff()
    {
        using var end = ChildFolder.TryRead(_end);
        if (end is { Length: 0 }) return true;
        using var database = ChildFolder.TryRead(_database);
        return database is not null
            && BoundedLines.Of(database).Take(MostLines).Any(line => line.Contains(DatabaseFull, StringComparison.Ordinal));
    }

    /// <summary>What they say, together with what the program printed last.</summary>
    public RunEnding Read(string printed) => RunEnding.Of(BoundedLines.Tail(_end), BoundedLines.Tail(_errors), printed);

    private static string PathOf(EngineRequest request, string extension) =>
        Path.Combine(Path.GetFullPath(request.OutputDirectory), OutputNames.Output(request.OutputPrefix, request.OutputSuffix, extension));
}
