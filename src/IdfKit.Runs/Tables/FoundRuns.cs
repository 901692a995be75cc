using System.Runtime.CompilerServices;

using IdfKit.Storage;

namespace IdfKit.Runs.Tables;

/// <summary>A folder with a run.</summary>
/// <param name="Folder">Relative to the place that was searched; empty: that place.</param>
/// <param name="Record">Its record as it was listed; null when there is none.</param>
internal readonly record struct FoundRun(string Folder, FileEntry? Record);

/// <summary>Finds runs by one listing of all files: one request for a thousand of them, with the ETag of each record.</summary>
internal static class FoundRuns
{
    /// <summary>Folders with a record as they are listed, and then those that have EnergyPlus's results and no record.</summary>
    public static async IAsyncEnumerable<FoundRun> ListAsync(
        IAsyncFileSystem files, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var recorded = new HashSet<string>(StringComparer.Ordinal);
        var unrecorded = new HashSet<string>(StringComparer.Ordinal);
        var skipped = path.Length == 0 ? 0 : path.Length + 1;
        await foreach (var entry in files.ListAsync(path, cancellationToken).ConfigureAwait(false))
        {
            var below = entry.Path.AsSpan(skipped);
            var slash = below.LastIndexOf('/');
            var name = below[(slash + 1)..];
            var isRecord = name is RunRecordFile.Name;
            if (!isRecord && !IsOfEnergyPlus(name)) continue;
            var folder = slash < 0 ? "" : below[..slash].ToString();
            if (!isRecord)
            {
                if (!recorded.Contains(folder)) unrecorded.Add(folder);
                continue;
            }
            recorded.Add(folder);
            unrecorded.Remove(folder);
            yield return new(folder, entry);
        }
        foreach (var folder in unrecorded.Where(folder => !IsBelow(folder, recorded))) yield return new(folder, null);
    }

    // What EnergyPlus leaves of every run, whatever prefix and style of names it was given.
    private static bool IsOfEnergyPlus(ReadOnlySpan<char> name) =>
        name.EndsWith(".end", StringComparison.Ordinal)
        || name.EndsWith("out.err", StringComparison.Ordinal)
        || name.EndsWith("out.sql", StringComparison.Ordinal)
        || name.EndsWith("out.eso", StringComparison.Ordinal);

    // A run may keep files in folders of its own.
    private static bool IsBelow(string folder, HashSet<string> recorded)
    {
        if (folder.Length > 0 && recorded.Contains("")) return true;
        for (var slash = folder.LastIndexOf('/'); slash > 0; slash = folder.LastIndexOf('/', slash - 1))
            if (recorded.Contains(folder[..slash])) return true;
        return false;
    }
}
