using IdfKit.Storage.Files;
using IdfKit.Storage.Local;

namespace IdfKit.Storage;

public sealed partial class LocalFileSystem
{
    private static readonly EnumerationOptions EveryEntry =
        new() { AttributesToSkip = 0, IgnoreInaccessible = false, MatchType = MatchType.Simple };

    /// <summary>Links to files inside the root are listed, links to folders are not entered.</summary>
    /// <inheritdoc/>
    public IEnumerable<FileEntry> List(string path, CancellationToken cancellationToken = default)
    {
        var place = _root.LocateFolder(path, nameof(List));
        return Walk(place, path, nameof(List), static _ => true, cancellationToken);
    }

    /// <summary>Memory is bounded by the largest single folder.</summary>
    /// <inheritdoc/>
    public IEnumerable<string> Glob(string path, string pattern, CancellationToken cancellationToken = default)
    {
        StoragePath.CheckFolder(path, nameof(Glob));
        var glob = new GlobPattern(pattern);
        if (glob.MatchesNothing(path)) return [];
        var folder = glob.Folder.Length == 0 ? path : StoragePath.Join(path, glob.Folder);
        var place = _root.LocateFolder(folder, nameof(Glob));
        var skip = path.Length == 0 ? 0 : path.Length + 1;
        return Walk(place, folder, nameof(Glob), _ => !glob.IsSingleFolder, cancellationToken).Select(entry => entry.Path)
            .Where(found => glob.IsMatch(found[skip..]));
    }

    private IEnumerable<FileEntry> Walk(
        string place, string path, string operation, Func<string, bool> enter, CancellationToken cancellationToken)
    {
        foreach (var (key, info) in Children(place, path, operation, new OrderedChildren(), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (key[^1] == '/')
            {
                if (!enter(key)) continue;
                foreach (var below in Walk(info.FullName, StoragePath.Join(path, info.Name), operation, enter, cancellationToken))
                    yield return below;
            }
            else if (Find(info.FullName) is { } file && StoragePath.IsValid(StoragePath.Join(path, info.Name)))
            {
                yield return Entry(StoragePath.Join(path, info.Name), file);
            }
        }
    }

    private IReadOnlyList<(string Key, FileSystemInfo Info)> Children(
        string place, string path, string operation, OrderedChildren children, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var info in new DirectoryInfo(place).EnumerateFileSystemInfos("*", EveryEntry))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (info.Name.StartsWith(TemporaryName.Prefix, StringComparison.Ordinal)) continue;
                if (info.Attributes.HasFlag(FileAttributes.ReparsePoint))
                {
                    if (_root.IsFileInside(info)) children.Add(info.Name, info);
                    continue;
                }
                children.Add(info is DirectoryInfo ? info.Name + "/" : info.Name, info);
            }
        }
        catch (Exception error) when (error is DirectoryNotFoundException || error.HResult == 20)
        {
            return [];
        }
        catch (Exception error) when (LocalErrors.IsOfDisk(error))
        {
            throw LocalErrors.Wrap(error, operation, path);
        }
        return children.InOrder();
    }
}
