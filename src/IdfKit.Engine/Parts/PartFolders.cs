using IdfKit.Engine.Folders;
using IdfKit.Engine.Results;

namespace IdfKit.Engine.Parts;

/// <summary>The folders of parts, held open; what lies in them may be anything.</summary>
internal sealed class PartFolders : IDisposable
{
    private readonly List<ChildFolder> _open = [];
    private readonly string _prefix;
    private readonly char _suffix;
    private readonly FirstPart _first;

    /// <param name="folders">The parts' folders, in their order.</param>
    /// <param name="prefix">EnergyPlus's <c>--output-prefix</c>.</param>
    /// <param name="suffix">EnergyPlus's <c>--output-suffix</c>.</param>
    /// <exception cref="PartsUnlikeException">One is missing.</exception>
    public PartFolders(IReadOnlyList<string> folders, string prefix, char suffix)
    {
        (_prefix, _suffix, _first) = (prefix, suffix, new(prefix, suffix));
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

    /// <summary>Makes a file of those of all parts.</summary>
    /// <exception cref="PartsUnlikeException">One is missing, or they are not alike.</exception>
    public void Make(string output, string extension, Action<IReadOnlyList<FileStream>, FileStream, string> write)
    {
        List<FileStream> parts = [];
        try
        {
            for (var part = 0; part < _open.Count; part++) parts.Add(Open(part, extension));
            using var into = new FileStream(Path.Combine(output, NameOf(extension)), FileMode.Create, FileAccess.ReadWrite);
            write(parts, into, NameOf(extension));
        }
        finally { foreach (var part in parts) part.Dispose(); }
    }

    /// <summary>Takes the first part's files that are those of all.</summary>
    /// <param name="output">Takes them.</param>
    /// <param name="made">What has been made already, by its extension.</param>
    /// <returns>The names of what remains, in order.</returns>
    public IReadOnlyList<string> TakeFirst(string output, IReadOnlyList<string> made)
    {
        var left = new SortedSet<string>(StringComparer.Ordinal);
        var names = _open.SelectMany(folder => folder.Entries()).Where(entry => entry is { Kind: EntryKind.File, Name: not null });
        foreach (var name in names.Select(entry => entry.Name!).Distinct().Where(name => !made.Any(extension => name == NameOf(extension))))
        {
            if (!_first.Has(name)) left.Add(name);
            else Copy(_open[0], name, Path.Combine(output, name));
        }
        return [.. left];
    }

    /// <summary>Copies a file of each part, under names with which nobody else writes.</summary>
    /// <returns>The copies; none where no part has it.</returns>
    /// <exception cref="PartsUnlikeException">Only some have it.</exception>
    public IReadOnlyList<string> CopiesOf(string extension, string into)
    {
        List<string> copies = [];
        for (var part = 0; part < _open.Count; part++)
        {
            var path = Path.Combine(into, FormattableString.Invariant($"{part + 1}.{extension}"));
            if (Copy(_open[part], NameOf(extension), path)) copies.Add(path);
        }
        return copies.Count is 0 || copies.Count == _open.Count
            ? copies
            : throw new PartsUnlikeException(EngineSentences.Unreadable(NameOf(extension)));
    }

    public void Dispose()
    {
        foreach (var folder in _open) folder.Dispose();
    }

    private static bool Copy(ChildFolder folder, string name, string path)
    {
        using var from = folder.TryReadFile(name);
        if (from is null) return false;
        using var into = new FileStream(path, FileMode.Create, FileAccess.Write);
        from.CopyTo(into);
        return true;
    }
}
