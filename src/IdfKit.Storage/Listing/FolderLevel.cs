namespace IdfKit.Storage.Listing;

/// <summary>Makes one level of a folder out of the ordered paths of all files below it.</summary>
internal sealed class FolderLevel(string folder, ListOptions? options)
{
    private readonly int _skip = folder.Length == 0 ? 0 : folder.Length + 1;
    private string? _last;
    private int _taken;

    /// <summary>Whether as many entries were taken as were asked for.</summary>
    public bool IsFull => _taken >= options?.Limit;

    /// <summary>The entry of a folder.</summary>
    public static FileEntry Folder(string path) => new(path, 0, null, null) { IsFolder = true };

    /// <summary>Whether a path, with <c>/</c> behind that of a folder, stands behind the start of the listing.</summary>
    public bool Follows(string key) => options?.StartAfter is not { } start || StoragePath.Order.Compare(key, start) > 0;

    /// <summary>Whether the entry belongs to the listing; it is counted then.</summary>
    /// <param name="path">Path of the entry.</param>
    /// <param name="isFolder">Whether it is a folder's.</param>
    public bool Takes(string path, bool isFolder)
    {
        if (!Follows(isFolder ? path + "/" : path)) return false;
        _taken++;
        return true;
    }

    /// <summary>What a file below the folder is on this level: itself, the folder that holds it, or null when that was seen.</summary>
    public (string Path, bool IsFolder)? Of(string file)
    {
        var slash = file.IndexOf('/', _skip);
        if (slash < 0) return Takes(file, isFolder: false) ? (file, false) : null;
        var name = file[..slash];
        if (name == _last) return null;
        _last = name;
        return Takes(name, isFolder: true) ? (name, true) : null;
    }
}
