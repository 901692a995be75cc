using IdfKit.Engine.Folders;
using IdfKit.Engine.Results;

namespace IdfKit.Engine.Parts;

/// <summary>What the join of parts has made.</summary>
/// <param name="WhyNot">Why their files cannot be joined, as the rest of a sentence; null when they are.</param>
/// <param name="NotProduced">Files that one run would have left and the join does not, and reports that its database lacks.</param>
internal sealed record JoinedParts(string? WhyNot, IReadOnlyList<string> NotProduced);

/// <summary>
/// Joins what parts have left to the files of one run. Files of set-up, sizing and geometry are those of the first part; tables of
/// figures that add up are not made of rounded ones and are left out. What has been joined is removed from the parts' folders, so that
/// the disk need not hold it twice.
/// </summary>
/// <param name="folders">The parts' folders, in their order; what lies in them may be anything.</param>
/// <param name="prefix">EnergyPlus's <c>--output-prefix</c>.</param>
/// <param name="suffix">EnergyPlus's <c>--output-suffix</c>.</param>
internal sealed class PartFiles(IReadOnlyList<string> folders, string prefix, char suffix)
{
    private static readonly string[] Joined = ["eso", "mtr", "err", "end", "eio", "sql"];

    private readonly FirstPart _first = new(prefix, suffix, "edd");
    private readonly List<ChildFolder> _open = [];
    private readonly List<string> _made = [];

    /// <param name="output">The folder of the whole run; nothing is in it that has one of their names.</param>
    /// <param name="elapsed">What the whole run has taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was made. Where something cannot be joined, or the disk is full, nothing is left in the folder of the whole.</returns>
    /// <exception cref="OperationCanceledException">Ended, and nothing is left there either.</exception>
    public JoinedParts Join(string output, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var isWhole = false;
        try
        {
            var joined = JoinAll(output, elapsed, cancellationToken);
            isWhole = true;
            return joined;
        }
        catch (PartsUnlikeException unlike) { return new(unlike.Message, []); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return new(EngineSentences.NoRoomToJoin, []); }
        finally
        {
            foreach (var folder in _open) folder.Dispose();
            if (!isWhole) foreach (var path in _made) _ = FolderRemoval.TryRemove(path);
        }
    }

    private JoinedParts JoinAll(string output, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        foreach (var folder in folders)
            _open.Add(ChildFolder.TryOpen(folder) ?? throw new PartsUnlikeException(EngineSentences.Unreadable("the folder")));
        foreach (var extension in new[] { "eso", "mtr" })
            Make(output, extension, (parts, into, name) => JoinedSeries.Write(parts, into, name, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        var errors = JoinErrors(output, elapsed);
        Make(output, "eio", JoinedPeriods.Write);
        Make(output, "end", (_, into, _) => into.Write(errors));
        var reports = JoinDatabases(output, cancellationToken);
        return new(null, [.. CopyFirst(output), .. reports]);
    }

    private byte[] JoinErrors(string output, TimeSpan elapsed)
    {
        byte[] end = [];
        Make(output, "err", (parts, into, name) => end = JoinedErrors.Write(parts, into, elapsed, name));
        return end;
    }

    /// <summary>Makes a file that all parts have; none where no part has it.</summary>
    private void Make(string output, string extension, Action<IReadOnlyList<FileStream>, FileStream, string> write)
    {
        var name = OutputNames.Output(prefix, suffix, extension);
        List<FileStream> parts = [.. _open.Select(folder => folder.TryReadFile(name)).OfType<FileStream>()];
        try
        {
            if (parts.Count == 0) return;
            if (parts.Count < _open.Count) throw new PartsUnlikeException(EngineSentences.Unreadable(name));
            using var into = Created(Path.Combine(output, name));
            write(parts, into, name);
        }
        finally { foreach (var part in parts) part.Dispose(); }
        Remove(name);
    }

    private FileStream Created(string path)
    {
        _made.Add(path);
        return new(path, FileMode.Create, FileAccess.Write);
    }

    private void Remove(string name)
    {
        foreach (var folder in folders) File.Delete(Path.Combine(folder, name));
    }

    private IReadOnlyList<string> JoinDatabases(string output, CancellationToken cancellationToken)
    {
        var name = OutputNames.Output(prefix, suffix, "sql");
        var copies = folders.Select(folder => Path.Combine(Path.GetDirectoryName(folder)!, "joined.sql")).ToList();
        var found = _open.Zip(copies, (folder, copy) => Copy(folder, name, copy)).Count(isThere => isThere);
        if (found == 0) return [];
        if (found < copies.Count) throw new PartsUnlikeException(EngineSentences.Unreadable(name));
        Remove(name);
        var reports = JoinedDatabase.Join(copies, name, cancellationToken);
        _made.Add(Path.Combine(output, name));
        File.Move(copies[0], _made[^1], overwrite: true);
        foreach (var copy in copies.Skip(1)) File.Delete(copy);
        return reports;
    }

    /// <summary>Takes the first part's files that are those of all; the names of what remains, folders with a slash at the end.</summary>
    private List<string> CopyFirst(string output)
    {
        List<string> left = [];
        foreach (var (kind, name) in _open.SelectMany(folder => folder.Entries())
            .Where(entry => entry is { Kind: EntryKind.File or EntryKind.Folder, Name: not null })
            .Select(entry => (entry.Kind, Name: entry.Name!)).Distinct())
        {
            if (Joined.Any(extension => name == OutputNames.Output(prefix, suffix, extension))) continue;
            if (kind is EntryKind.Folder) left.Add(name + "/");
            else if (!_first.Has(name) || !Copy(_open[0], name, Path.Combine(output, name))) left.Add(name);
        }
        left.Sort(StringComparer.Ordinal);
        return left;
    }

    private bool Copy(ChildFolder folder, string name, string path)
    {
        using var from = folder.TryReadFile(name);
        if (from is null) return false;
        using var into = Created(path);
        from.CopyTo(into);
        return true;
    }
}
