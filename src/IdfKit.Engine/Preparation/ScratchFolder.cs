using IdfKit.Engine.Folders;

namespace IdfKit.Engine.Preparation;

/// <summary>A folder for one program, which names its files itself; gone when disposed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("idfkit-prepare-").FullName;

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

    public void Dispose() => FolderRemoval.TryRemove(_path);
}
