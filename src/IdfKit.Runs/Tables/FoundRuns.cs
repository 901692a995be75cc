using System.Runtime.CompilerServices;

using IdfKit.Storage;
using IdfKit.Storage.Listing;

namespace IdfKit.Runs.Tables;

/// <summary>A folder with a run.</summary>
/// <param name="Folder">Relative to the place that was searched; empty: that place.</param>
/// <param name="Record">Its record as it was listed; null when there is none.</param>
internal readonly record struct FoundRun(string Folder, FileEntry? Record);

/// <summary>
/// Finds runs by one listing: a request for a thousand entries, with the ETag of each record. What a run's folder has of EnergyPlus's
/// results is one entry where the back end can group, since most of the files of a run are of that kind.
/// </summary>
internal sealed class FoundRuns(IAsyncFileSystem files, string path)
{
    private const string Mark = "/eplusout.";

    // So many folders are listed one by one; for more, all files are.
    private const int MostListedAlone = 20;

    private readonly int _skipped = path.Length == 0 ? 0 : path.Length + 1;
    private readonly HashSet<string> _recorded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unrecorded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _grouped = new(StringComparer.Ordinal);

    /// <summary>Folders with a record as they are listed, and then those that have EnergyPlus's results and no record.</summary>
    public async IAsyncEnumerable<FoundRun> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listed = files is IGroupedListing grouping
            ? grouping.ListGroupedAsync(path, Mark, cancellationToken)
            : files.ListAsync(path, cancellationToken);
        await foreach (var entry in listed.ConfigureAwait(false))
            if (Find(entry) is { } run) yield return run;

        // Behind a group may be other things than a run's results: only what is in or below a folder with a record is known.
        _grouped.RemoveWhere(folder => IsBelowRecorded(folder[_skipped..]));
        string[] unknown = _grouped.Count <= MostListedAlone ? [.. _grouped] : [path];
        foreach (var folder in unknown)
            await foreach (var entry in files.ListAsync(folder, cancellationToken).ConfigureAwait(false))
                if (Find(entry) is { } run) yield return run;

        foreach (var folder in _unrecorded.Where(folder => !IsBelowRecorded(folder))) yield return new(folder, null);
    }

    private FoundRun? Find(FileEntry entry)
    {
        if (entry.IsFolder)
        {
            _grouped.Add(entry.Path[..^Mark.Length]);
            return null;
        }
        var below = entry.Path.AsSpan(_skipped);
        var slash = below.LastIndexOf('/');
        var name = below[(slash + 1)..];
        var isRecord = name is RunRecordFile.Name;
        if (!isRecord && !IsOfEnergyPlus(name)) return null;
        var folder = slash < 0 ? "" : below[..slash].ToString();
        if (!isRecord)
        {
            if (!_recorded.Contains(folder)) _unrecorded.Add(folder);
            return null;
        }
        if (!_recorded.Add(folder)) return null;
        _unrecorded.Remove(folder);
        if (slash >= 0) _grouped.Remove(entry.Path[..(_skipped + slash)]);
        return new(folder, entry);
    }

    // What EnergyPlus leaves of every run, whatever prefix and style of names it was given.
    private static bool IsOfEnergyPlus(ReadOnlySpan<char> name) =>
        name.EndsWith(".end", StringComparison.Ordinal)
        || name.EndsWith("out.err", StringComparison.Ordinal)
        || name.EndsWith("out.sql", StringComparison.Ordinal)
        || name.EndsWith("out.eso", StringComparison.Ordinal);

    // A run may keep files in folders of its own.
    private bool IsBelowRecorded(string folder)
    {
        if (folder.Length > 0 && _recorded.Contains("")) return true;
        for (var slash = folder.LastIndexOf('/'); slash > 0; slash = folder.LastIndexOf('/', slash - 1))
            if (_recorded.Contains(folder[..slash])) return true;
        return false;
    }
}
