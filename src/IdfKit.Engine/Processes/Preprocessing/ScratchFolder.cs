namespace IdfKit.Engine;

/// <summary>A folder for a program that reads and writes fixed names where it runs; gone when disposed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <param name="parent">Where it is made: beside the result, so that the result is moved and not copied.</param>
    public ScratchFolder(string parent)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetFullPath(parent), "idfkit-pre-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes a file of the installation appear here: a link, or a copy where links need a right of their own.</summary>
    public void Borrow(string file)
    {
        var here = this[System.IO.Path.GetFileName(file)];
        if (OperatingSystem.IsWindows()) File.Copy(file, here);
        else File.CreateSymbolicLink(here, file);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
