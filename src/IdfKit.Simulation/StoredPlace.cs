using IdfKit.Storage;

namespace IdfKit.Simulation;

/// <summary>A path that a caller named, and the file system that it lies on.</summary>
/// <param name="FileSystem">The file system.</param>
/// <param name="Path">The path as that file system takes it.</param>
/// <param name="LocalPath">Absolute, when the caller meant this machine's disk by giving no file system; else null.</param>
internal sealed record StoredPlace(IAsyncFileSystem FileSystem, string Path, string? LocalPath)
{
    /// <summary>The folder of a file; empty: the root.</summary>
    public string Folder => Path.LastIndexOf('/') is >= 0 and var end ? Path[..end] : "";

    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>For people: absolute on local disk.</summary>
    public string Shown => LocalPath ?? Path;

    /// <summary>An input: a full path of this machine is one on every file system, where no path begins like it.</summary>
    public static StoredPlace OfInput(string path, IAsyncFileSystem? fileSystem) =>
        Of(path, System.IO.Path.IsPathFullyQualified(path) ? null : fileSystem);

    /// <summary>A path on a file system; without one, of this machine: relative to the current directory, as everywhere.</summary>
    public static StoredPlace Of(string path, IAsyncFileSystem? fileSystem)
    {
        if (fileSystem is not null) return new(fileSystem, path, null);
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var root = System.IO.Path.GetPathRoot(full)!;
        return new(new AsyncLocalFileSystem(root), full[root.Length..].Replace(System.IO.Path.DirectorySeparatorChar, '/'), full);
    }

    /// <summary>Brings the file to local disk.</summary>
    public async Task<FileEntry> DownloadAsync(string localPath, CancellationToken cancellationToken)
    {
        try { return await FileSystem.DownloadAsync(Path, localPath, progress: null, cancellationToken).ConfigureAwait(false); }
        catch (StorageException e) when (LocalPath is not null)
        {
            // The caller knows no file system here, only a path of this machine.
            throw new StorageException(e.Kind, e.Operation, LocalPath,
                e.Message.Replace($"'{Path}'", $"'{LocalPath}'", StringComparison.Ordinal),
                e.IsTransient, e);
        }
    }

    /// <summary>Another path of the same file system as a caller names it: absolute on local disk.</summary>
    public string Local(string path) => LocalPath is null ? path : System.IO.Path.Combine(System.IO.Path.GetPathRoot(LocalPath)!, path);

    /// <summary>A file below this folder.</summary>
    public string At(string name) => StoragePath.Join(Path, name);
}
