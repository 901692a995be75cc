using IdfKit.Engine.Folders;

namespace IdfKit.Runs.Publishing;

/// <summary>
/// Looks through what a run has left, which may be anything, and chooses its results. No link is followed, and nothing waits.
/// </summary>
internal sealed class LeftResults
{
    /// <summary>The largest file: more than Lambda's disk holds.</summary>
    public const long LargestFile = 16L << 30;

    private const int MostEntries = 100_000;
    private const int DeepestFolder = 8;

    private readonly string _directory;
    private readonly ResultRule _rule;
    private readonly List<ResultFile> _found = [];
    private int _entries;

    private LeftResults(string directory, ResultRule rule) => (_directory, _rule) = (directory, rule);

    /// <summary>The results, ordered by path.</summary>
    public IReadOnlyList<ResultFile> Files { get; private set; } = [];

    /// <summary>What else there was.</summary>
    public LeftBehind Behind { get; } = new();

    /// <param name="directory">The folder that EnergyPlus wrote to.</param>
    /// <param name="rule">What is a result.</param>
    /// <param name="made">Files of ours that belong to the results, in the place of any of their names.</param>
    public static LeftResults In(string directory, ResultRule rule, params IReadOnlyList<ResultFile> made)
    {
        var results = new LeftResults(directory, rule);
        using var folder = ChildFolder.TryOpen(directory);
        if (folder is not null) results.Look(folder, "", 1);
        results.Choose(made);
        return results;
    }

    private void Look(ChildFolder folder, string path, int depth)
    {
        foreach (var entry in folder.Entries())
        {
            if (_entries++ >= MostEntries)
            {
                Behind.Add(LeftKind.TooMany, null);
                return;
            }
            var name = entry.Name is null ? null : path + entry.Name;
            if (!_rule.IsFit(name)) Behind.Add(LeftKind.BadName, name);
            else if (entry.Kind is EntryKind.File) Take(name!, entry.SizeBytes);
            else if (entry.Kind is EntryKind.Folder) Enter(folder, entry.Name!, name!, depth);
            else Behind.Add(LeftKind.NoFile, name);
        }
    }

    private void Enter(ChildFolder folder, string name, string path, int depth)
    {
        var isLookedInto = depth < DeepestFolder && (_rule.LooksIntoFolders || _rule.IsKnownFolder(path));
        using var inner = isLookedInto ? folder.TryOpenFolder(name) : null;
        if (inner is null) Behind.Add(LeftKind.NoFile, path);
        else Look(inner, path + "/", depth + 1);
    }

    private void Take(string path, long sizeBytes)
    {
        if (_rule.IsUnwanted(path)) return;
        if (_rule.IsOurs(path) || !_rule.Keeps(path)) Behind.Add(LeftKind.Unknown, path);
        else if (sizeBytes > LargestFile) Behind.Add(LeftKind.TooLarge, path);
        else _found.Add(new(Path.Combine(_directory, path), path, sizeBytes));
    }

    /// <summary>Of too many, EnergyPlus's own are kept first.</summary>
    private void Choose(IReadOnlyList<ResultFile> made)
    {
        _found.RemoveAll(file => made.Any(other => other.Path == file.Path));
        var chosen = _found;
        if (_found.Count > _rule.MostFiles)
        {
            Behind.Add(LeftKind.TooMany, null, _found.Count - _rule.MostFiles);
            chosen = [.. _found.OrderByDescending(file => _rule.IsKnown(file.Path))
                .ThenBy(file => file.Path, StringComparer.Ordinal)
                .Take(_rule.MostFiles)];
        }
        Files = [.. chosen.Concat(made).OrderBy(file => file.Path, StringComparer.Ordinal)];
    }
}
