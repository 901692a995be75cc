using System.Collections.Concurrent;

using IdfKit.Storage;

namespace IdfKit.Runs.Staging;

/// <summary>The names in folders, each listed once, and only when a file was not found by its own.</summary>
internal sealed class CompanionFolders(IAsyncFileSystem fileSystem)
{
    private const int MostNames = 10_000, MostBelow = 2_000;

    private int _names; // of all folders: a model may name a thousand
    private readonly ConcurrentDictionary<(string Folder, string Pattern), Lazy<Task<IReadOnlyList<string>>>> _listed = new();

    /// <summary>The paths of the files right in a folder.</summary>
    public Task<IReadOnlyList<string>> InAsync(string folder, CancellationToken cancellationToken) =>
        OnceAsync(folder, "*", MostNames, cancellationToken);

    /// <summary>The paths of the first files in a folder and below it.</summary>
    public Task<IReadOnlyList<string>> BelowAsync(string folder, CancellationToken cancellationToken) =>
        OnceAsync(folder, "**", MostBelow, cancellationToken);

    private Task<IReadOnlyList<string>> OnceAsync(string folder, string pattern, int most, CancellationToken cancellationToken) =>
        _listed.GetOrAdd((folder, pattern), at => new(() => ListAsync(at.Folder, at.Pattern, most, cancellationToken))).Value;

    private async Task<IReadOnlyList<string>> ListAsync(string folder, string pattern, int most, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        try
        {
            var paths = fileSystem.GlobAsync(folder, pattern, cancellationToken).Take(most);
            await foreach (var path in paths.ConfigureAwait(false))
            {
                if (Interlocked.Increment(ref _names) > MostNames + MostBelow) break;
                found.Add(path);
            }
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.AccessDenied or StorageErrorKind.NotFound)
        {
            return found; // what cannot be listed has no other spelling to offer
        }
        return found;
    }
}
