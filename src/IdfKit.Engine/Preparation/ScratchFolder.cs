using System.Globalization;

using IdfKit.Engine.Folders;

namespace IdfKit.Engine.Preparation;

/// <summary>A folder for one program, which names its files itself; gone when disposed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const long LargestFile = 64 << 20; // it is read at once; the largest model has 24 MB

    /// <summary>How the names of all begin; then comes the number of the process that made it, and a line.</summary>
    public const string NamePrefix = "idfkit-prepare-";

    private readonly string _path = Directory.CreateTempSubdirectory(
        string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{Environment.ProcessId}-")).FullName;

    /// <summary>The folder.</summary>
    public string Root => _path;

    public string this[string name] => Path.Combine(_path, name);

    /// <summary>Makes a file of the installation known under its own name, without copying megabytes where links are to be had.</summary>
    public void Link(string path)
    {
        var link = this[Path.GetFileName(path)];
        if (OperatingSystem.IsWindows()) File.Copy(path, link);
        else File.CreateSymbolicLink(link, path);
    }

    /// <summary>
    /// After a program has ended: takes away what is no plain file that can be read, so that the rest can be read by its name. A link or a
    /// pipe that it has left would lead elsewhere, or be waited for; a file without end would take all memory.
    /// </summary>
    public void KeepPlainFiles()
    {
        using var folder = ChildFolder.TryOpen(_path);
        foreach (var entry in folder?.Entries().ToList() ?? [])
        {
            if (entry is not { Name: { } name, Kind: not EntryKind.Folder }) continue;
            using var file = folder!.TryOpenFile(name);
            if (file is null || RandomAccess.GetLength(file) > LargestFile) FolderRemoval.TryRemove(this[name]);
        }
    }

    public void Dispose() => FolderRemoval.TryRemove(_path);
}
