using IdfKit.Engine.Folders;
using IdfKit.Engine.Results;

namespace IdfKit.Engine.Parts;

/// <summary>
/// The folders of parts, held open; what lies in them may be anything. What has been joined is removed from them, so that the disk need
/// not hold it twice.
/// </summary>
internal sealed class PartFolders : IDisposable
{
    private readonly List<ChildFolder> _open = [];
    private readonly IReadOnlyList<string> _folders;
    private readonly string _prefix;
    private readonly char _suffix;
    private readonly FirstPart _first;

    /// <param name="folders">The parts' folders, in their order.</param>
    /// <param name="prefix">EnergyPlus's <c>--output-prefix</c>.</param>
    /// <param name="suffix">EnergyPlus's <c>--output-suffix</c>.</param>
    /// <param name="more">Extensions of which the first part's file is that of all, besides those of set-up and sizing.</param>
    /// <exception cref="PartsUnlikeException">One is missing.</exception>
    public PartFolders(IReadOnlyList<string> folders, string prefix, char suffix, params string[] more)
    {
        (_folders, _prefix, _suffix, _first) = (folders, prefix, suffix, new(prefix, suffix, more));
        foreach (var folder in folders)
        {
            if (ChildFolder.TryOpen(folder) is { } open) _open.Add(open);
            else
            {
                Dispose();
                throw new PartsUnlikeException(EngineSentences.Unreadable("the folder"));
            }
        }
    }

    public int Count => _open.Count;

    public string NameOf(string extension) => OutputNames.Output(_prefix, _suffix, extension);

    /// <summary>A file of one part.</summary>
    /// <exception cref="PartsUnlikeException">It is missing, or no plain file.</exception>
    public FileStream Open(int part, string extension) =>
        _open[part].TryReadFile(NameOf(extension)) ?? throw new PartsUnlikeException(EngineSentences.Unreadable(NameOf(extension)));

    /// <summary>Makes a file of those of all parts; none where no part has it.</summary>
    /// <exception cref="PartsUnlikeException">Only some have it, or they are not alike.</exception>
    public void Make(string output, string extension, Action<IReadOnlyList<FileStream>, FileStream, string> write)
    {
        var name = NameOf(extension);
        List<FileStream> parts = [.. _open.Select(folder => folder.TryReadFile(name)).OfType<FileStream>()];
        try
        {
            if (!IsOfAll(parts.Count, name)) return;
            using var into = Created(Path.Combine(output, name));
            write(parts, into, name);
        }
        finally { foreach (var part in parts) part.Dispose(); }
        Remove(name);
    }

    /// <summary>Takes the first part's files that are those of all.</summary>
    /// <param name="output">Takes them.</param>
    /// <param name="made">What has been made already, by its extension.</param>
    /// <returns>The names of what remains, in order; folders with a slash at the end.</returns>
    public IReadOnlyList<string> TakeFirst(string output, IReadOnlyList<string> made)
    {
        var left = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (kind, name) in _open.SelectMany(folder => folder.Entries())
            .Where(entry => entry is { Kind: EntryKind.File or EntryKind.Folder, Name: not null })
            .Select(entry => (entry.Kind, Name: entry.Name!)).Distinct())
        {
            if (made.Any(extension => name == NameOf(extension))) continue;
            if (kind is EntryKind.Folder) left.Add(name + "/");
            else if (!_first.Has(name) || !Copy(_open[0], name, Path.Combine(output, name))) left.Add(name);
        }
        return [.. left];
    }

    /// <summary>Takes a file of each part, under names with which nobody else writes.</summary>
    /// <returns>Copies of ours; none where no part has it.</returns>
    /// <exception cref="PartsUnlikeException">Only some have it.</exception>
    public IReadOnlyList<string> TakeAll(string extension, string into)
    {
        List<string> copies = [];
        for (var part = 0; part < _open.Count; part++)
        {
            var path = Path.Combine(into, FormattableString.Invariant($"{part + 1}.{extension}"));
            if (Copy(_open[part], NameOf(extension), path)) copies.Add(path);
        }
        if (IsOfAll(copies.Count, NameOf(extension))) Remove(NameOf(extension));
        return copies;
    }

    /// <summary>Takes the only part's file, once a copy of it has been changed.</summary>
    /// <param name="extension">The file's.</param>
    /// <param name="into">The copy.</param>
    /// <param name="change">Changes it; is told what the modeller calls it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether there is such a file.</returns>
    public bool Take(string extension, string into, Action<string> change, CancellationToken cancellationToken)
    {
        var name = NameOf(extension);
        try
        {
            if (!Copy(_open.Single(), name, into, cancellationToken)) return false;
            change(name);
        }
        catch
        {
            File.Delete(into); // the part's own remains
            throw;
        }
        Remove(name);
        return true;
    }

    public void Dispose()
    {
        foreach (var folder in _open) folder.Dispose();
    }

    /// <summary>Whether all parts have a file; false: none has it.</summary>
    /// <param name="count">How many have it.</param>
    /// <param name="name">What the modeller calls it.</param>
    /// <exception cref="PartsUnlikeException">Only some have it.</exception>
    public bool IsOfAll(int count, string name) => count == _open.Count
        || (count == 0 ? false : throw new PartsUnlikeException(EngineSentences.Unreadable(name)));

    private static FileStream Created(string path) => new(path, FileMode.Create, FileAccess.ReadWrite);

    private void Remove(string name)
    {
        foreach (var folder in _folders) File.Delete(Path.Combine(folder, name));
    }

    private static bool Copy(ChildFolder folder, string name, string path, CancellationToken cancellationToken = default)
    {
        const int Piece = 1 << 20; // a file may be sparse, and take longer than anybody waits
        using var from = folder.TryReadFile(name);
        if (from is null) return false;
        using var into = Created(path);
        var bytes = new byte[(int)Math.Min(Piece, Math.Max(1, from.Length))];
        while (from.Read(bytes) is > 0 and var length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            into.Write(bytes, 0, length);
        }
        return true;
    }
}
