using IdfKit.Storage.Files;

namespace IdfKit.Storage.Local;

/// <summary>Where paths lie on disk. No path leaves the root, by <c>..</c> or by a symbolic link.</summary>
internal sealed class LocalRoot(string root)
{
    /// <summary>The root, absolute.</summary>
    public string Folder { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>The place of a file.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidPath"/>.</exception>
    public string Locate(string path, string operation)
    {
        StoragePath.Check(path, operation);
        return Inside(path, operation);
    }

    /// <summary>The place of a folder; an empty path is the root.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidPath"/>.</exception>
    public string LocateFolder(string path, string operation)
    {
        StoragePath.CheckFolder(path, operation);
        return path.Length == 0 ? Folder : Inside(path, operation);
    }

    /// <summary>Whether a link that a listing met stays inside and names a file.</summary>
    public bool IsFileInside(FileSystemInfo link) => LinkTarget(link.FullName) is { } target && IsInside(target) && File.Exists(target);

    private string Inside(string path, string operation)
    {
        var place = Folder;
        foreach (var segment in path.Split('/'))
        {
            if (segment.StartsWith(TemporaryName.Prefix, StringComparison.Ordinal))
                throw Refused(operation, path, $"names that start with '{TemporaryName.Prefix}' belong to writes under way");
            if (OperatingSystem.IsWindows() && segment.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
                throw Refused(operation, path, $"Windows takes no file named '{segment}'");
            if (System.Text.Encoding.UTF8.GetByteCount(segment) > 255)
                throw Refused(operation, path, "the disk takes no name longer than 255 bytes");
            place = Path.Join(place, segment);
            if (LinkTarget(place) is { } target && !IsInside(target))
                throw Refused(operation, path, $"the symbolic link at '{segment}' leads out of the root");
        }
        return place;
    }

    private static string? LinkTarget(string place)
    {
        var info = new FileInfo(place);
        if (info.LinkTarget is null) return null;
        try
        {
            return info.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            return "";  // links in a circle lead nowhere; refused like one that leads out
        }
    }

    // A target may itself lie behind links, so both sides are compared resolved.
    private bool IsInside(string target)
    {
        var (real, root) = (Resolved(target), Resolved(Folder));
        return real == root || real.StartsWith(
            Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static string Resolved(string place)
    {
        if (place.Length == 0) return "";
        var at = Path.GetPathRoot(place)!;
        foreach (var segment in place[at.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            at = Path.Join(at, segment);
            if (LinkTarget(at) is { } target) at = target == at ? at : Resolved(target);
        }
        return at;
    }

    private static StorageException Refused(string operation, string path, string reason) =>
        new(StorageErrorKind.InvalidPath, operation, path, $"{operation} was given '{path}', which local disk refuses: {reason}.");
}
