using System.Collections.Concurrent;

using IdfKit.Drops;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Cli.Dev;

/// <summary>What a session finds of what happened before it: claims of dead processes, and inputs without a current result.</summary>
/// <param name="folder">The folder that is served.</param>
/// <param name="files">The same, as a bucket.</param>
/// <param name="layout">Where what lies.</param>
internal sealed class CatchUp(string folder, IAsyncFileSystem files, OutputLayout layout)
{
    private const int LooksAtOnce = 8;

    private static readonly EnumerationOptions Readable = new()
    {
        RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Lets go of the claims that were made under these requests, wherever they are.</summary>
    /// <exception cref="StorageException">One could not be written.</exception>
    public async Task ReleaseAllAsync(IReadOnlySet<string> requests, CancellationToken cancellationToken)
    {
        var outputs = Path.Combine(folder, layout.OutputPrefix);
        if (requests.Count == 0 || !Directory.Exists(outputs)) return;
        var records = Directory.EnumerateFiles(outputs, RunRecordFile.Name, Readable);
        var folders = records.Select(path => Path.GetRelativePath(folder, Path.GetDirectoryName(path)!).Replace('\\', '/'));
        await ReleaseAsync(requests, folders, cancellationToken);
    }

    /// <summary>The same for runs whose folders are known.</summary>
    /// <exception cref="StorageException">One could not be written.</exception>
    public async Task ReleaseAsync(IReadOnlySet<string> requests, IEnumerable<string> folders, CancellationToken cancellationToken)
    {
        var interrupted = new InterruptedRuns(files, requests);
        var bound = new ParallelOptions { MaxDegreeOfParallelism = LooksAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            folders.Where(StoragePath.IsValid), bound, async (run, token) => await interrupted.ReleaseAsync(run, token));
    }

    /// <summary>The inputs that are not current, ordered by their keys.</summary>
    /// <exception cref="StorageException">They cannot be listed or read.</exception>
    public async Task<IReadOnlyList<(string Key, DropStanding Standing)>> FindAsync(
        string inputPrefix, CancellationToken cancellationToken)
    {
        var results = new CurrentResults(layout, files);
        var found = new ConcurrentBag<(string Key, DropStanding Standing)>();
        var now = TimeProvider.System.GetUtcNow();
        var bound = new ParallelOptions { MaxDegreeOfParallelism = LooksAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            files.ListAsync(inputPrefix.TrimEnd('/'), cancellationToken), bound,
            async (drop, token) =>
            {
                if (await StandingAsync(results, drop, now, token) is var standing and not DropStanding.Current)
                    found.Add((drop.Path, standing));
            });
        return [.. found.OrderBy(drop => drop.Key, StringComparer.Ordinal)];
    }

    private static async Task<DropStanding> StandingAsync(
        CurrentResults results, FileEntry drop, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // What programs keep for themselves is no news when it comes, either.
        if (drop.Path.Contains("/.", StringComparison.Ordinal)) return DropStanding.Current;
        try { return await results.OfAsync(drop, now, cancellationToken); }
        // One odd name must not hide the others; what the function says of it stands in its log.
        catch (StorageException e) when (e.Kind == StorageErrorKind.InvalidPath) { return DropStanding.Current; }
        // Nor must a record that this user may not read: the function says of its model why it cannot run.
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return DropStanding.New; }
    }

    /// <summary>How an input stands now.</summary>
    /// <exception cref="StorageException">It cannot be read, or has gone.</exception>
    public async Task<DropStanding> LookAgainAsync(string key, CancellationToken cancellationToken)
    {
        var drop = await files.StatAsync(key, cancellationToken);
        return await new CurrentResults(layout, files).OfAsync(drop, TimeProvider.System.GetUtcNow(), cancellationToken);
    }
}
