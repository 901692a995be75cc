using Microsoft.Win32.SafeHandles;

namespace IdfKit.Engine.Folders;

/// <summary>The same where .NET is all there is: by paths, and by a look before each call.</summary>
internal sealed class PortableFolder : ChildFolder
{
    private readonly string _path;

    private PortableFolder(string path) => _path = path;

    public static new PortableFolder? TryOpen(string path) => Directory.Exists(path) ? new(path) : null;

    public override IEnumerable<FolderEntry> Entries()
    {
        var options = new EnumerationOptions { AttributesToSkip = 0 };
        if (!Directory.Exists(_path)) return [];
        return new DirectoryInfo(_path).EnumerateFileSystemInfos("*", options).Select(Entry);
    }

    public override SafeFileHandle? TryOpenFile(string path)
    {
        var full = _path;
        foreach (var part in path.Split('/'))
        {
            if (full != _path && IsLink(full)) return null;
            full = Path.Combine(full, part);
        }
        if (!IsPlain(full)) return null;
        try { return File.OpenHandle(full, share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.SequentialScan); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return null; }
    }

    public override ChildFolder? TryOpenFolder(string name)
    {
        var full = Path.Combine(_path, name);
        return IsLink(full) ? null : TryOpen(full);
    }

    public override bool Has(string name) => IsPlain(Path.Combine(_path, name));

    public override void Dispose()
    {
        // nothing is held
    }

    private static FolderEntry Entry(FileSystemInfo entry) => entry switch
    {
        _ when !IsFileOrFolder(entry.Attributes) => new(entry.Name, EntryKind.Other, 0),
        FileInfo file => new(file.Name, EntryKind.File, file.Exists ? file.Length : 0),
        _ => new(entry.Name, EntryKind.Folder, 0),
    };

    private static bool IsPlain(string path) => File.Exists(path) && IsFileOrFolder(File.GetAttributes(path));

    private static bool IsLink(string path) => !Path.Exists(path) || !IsFileOrFolder(File.GetAttributes(path));

    private static bool IsFileOrFolder(FileAttributes attributes) => (attributes & (FileAttributes.ReparsePoint | FileAttributes.Device)) == 0;
}
