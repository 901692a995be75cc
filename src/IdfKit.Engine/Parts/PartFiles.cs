using IdfKit.Engine.Folders;
using IdfKit.Engine.Results;

namespace IdfKit.Engine.Parts;

/// <summary>What the join of parts has made.</summary>
/// <param name="WhyNot">Why their files cannot be joined, as the rest of a sentence; null when they are.</param>
/// <param name="NotProduced">Names of files that one run would have left and the join does not.</param>
internal sealed record JoinedParts(string? WhyNot, IReadOnlyList<string> NotProduced);

/// <summary>
/// Joins what parts have left to the files of one run. Files of set-up, sizing and geometry are those of the first part; tables of
/// figures that add up are not made of rounded ones and are left out.
/// </summary>
/// <param name="folders">The parts' folders, in their order; what lies in them may be anything.</param>
/// <param name="prefix">EnergyPlus's <c>--output-prefix</c>.</param>
/// <param name="suffix">EnergyPlus's <c>--output-suffix</c>.</param>
internal sealed class PartFiles(IReadOnlyList<string> folders, string prefix, char suffix)
{
    // Set-up, sizing and geometry: the same in every part (seen on twelve models, 25.2).
    private static readonly string[] OfFirst =
        ["audit", "bnd", "rdd", "mdd", "mtd", "shd", "dxf", "wrl", "sln", "sci", "svg", "edd", "expidf", "rvaudit"];

    private static readonly string[] Sizing = ["zsz", "ssz", "spsz", "psz"];
    private static readonly string[] Joined = ["eso", "mtr", "err", "end", "eio", "sql"];

    private readonly List<ChildFolder> _open = [];

    /// <param name="output">The folder of the whole run; nothing is in it that has one of their names.</param>
    /// <param name="elapsed">What the whole run has taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">Ended.</exception>
    public JoinedParts Join(string output, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var folder in folders)
                _open.Add(ChildFolder.TryOpen(folder) ?? throw new PartsUnlikeException(EngineSentences.Unreadable("the folder")));
            foreach (var extension in new[] { "eso", "mtr" })
                Make(output, extension, (parts, into, name) => JoinedSeries.Write(parts, into, name, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            var errors = JoinErrors(output, elapsed);
            Make(output, "eio", JoinedPeriods.Write);
            Make(output, "end", (_, into, _) => into.Write(errors));
            JoinDatabases(output, cancellationToken);
            return new(null, CopyFirst(output));
        }
        catch (PartsUnlikeException unlike) { return new(unlike.Message, []); }
        finally { foreach (var folder in _open) folder.Dispose(); }
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
            using var into = new FileStream(Path.Combine(output, name), FileMode.Create, FileAccess.Write);
            write(parts, into, name);
        }
        finally { foreach (var part in parts) part.Dispose(); }
    }

    private void JoinDatabases(string output, CancellationToken cancellationToken)
    {
        var name = OutputNames.Output(prefix, suffix, "sql");
        var copies = folders.Select(folder => Path.Combine(Path.GetDirectoryName(folder)!, "joined.sql")).ToList();
        var found = _open.Zip(copies, (folder, copy) => Copy(folder, name, copy)).Count(isThere => isThere);
        if (found == 0) return;
        if (found < copies.Count) throw new PartsUnlikeException(EngineSentences.Unreadable(name));
        JoinedDatabase.Join(copies, name, cancellationToken);
        File.Move(copies[0], Path.Combine(output, name), overwrite: true);
        foreach (var copy in copies.Skip(1)) File.Delete(copy);
    }

    /// <summary>Takes the first part's files that are those of all; the names of what remains.</summary>
    private List<string> CopyFirst(string output)
    {
        List<string> left = [];
        foreach (var name in _open.SelectMany(folder => folder.Entries())
            .Where(entry => entry is { Kind: EntryKind.File, Name: not null }).Select(entry => entry.Name!).Distinct())
        {
            if (Joined.Any(extension => name == OutputNames.Output(prefix, suffix, extension))) continue;
            if (!IsOfFirst(name)) left.Add(name);
            else Copy(_open[0], name, Path.Combine(output, name));
        }
        left.Sort(StringComparer.Ordinal);
        return left;
    }

    private bool IsOfFirst(string name)
    {
        if (name == "sqlite.err" || OfFirst.Any(extension => name == OutputNames.Output(prefix, suffix, extension))) return true;
        var stem = Path.GetFileNameWithoutExtension(name);
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && Sizing.Contains(stem[prefix.Length..].TrimStart('-'), StringComparer.OrdinalIgnoreCase);
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
