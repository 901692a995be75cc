using IdfKit.Runs;
using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>
/// Keeps a run out of the folders of other models' results, which may lie in its own: those of <c>inputs/office/tower.idf</c> lie in
/// that of <c>inputs/office.idf</c>.
/// </summary>
/// <param name="files">Where results go.</param>
/// <param name="folder">The run's own folder.</param>
internal sealed class OtherFolders(IAsyncFileSystem files, string folder)
{
    /// <summary>The results but those that another model's record lies above. Costs nothing when none lies in a folder.</summary>
    public async Task<IReadOnlyList<ResultFile>> LeaveOutAsync(LeftResults left, CancellationToken cancellationToken)
    {
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var inner in left.Files.SelectMany(file => FoldersOf(file.Path)).Distinct(StringComparer.Ordinal))
            if (await HasRecordAsync(inner, cancellationToken).ConfigureAwait(false)) others.Add(inner);
        if (others.Count == 0) return left.Files;
        foreach (var file in left.Files.Where(IsOthers)) left.Behind.Add(LeftKind.OthersFolder, file.Path);
        return [.. left.Files.Where(file => !IsOthers(file))];

        bool IsOthers(ResultFile file) => FoldersOf(file.Path).Any(others.Contains);
    }

    /// <summary><c>a</c> and <c>a/b</c> of <c>a/b/c.csv</c>.</summary>
    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1)) yield return path[..end];
    }

    private async Task<bool> HasRecordAsync(string inner, CancellationToken cancellationToken)
    {
        try { return await files.ExistsAsync($"{folder}/{inner}/{RunRecordFile.Name}", cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (e.Kind is StorageErrorKind.AccessDenied) { return true; } // nobody knows: it may be there
    }
}
