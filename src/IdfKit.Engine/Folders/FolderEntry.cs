namespace IdfKit.Engine.Folders;

/// <summary>What has a name in a folder.</summary>
internal enum EntryKind
{
    /// <summary>A file by its own name alone.</summary>
    File,
    Folder,

    /// <summary>A link, a pipe, a socket, a device, or a file with a second name elsewhere.</summary>
    Other,
}

/// <summary>What lies in a folder, by one look that follows nothing.</summary>
/// <param name="Name">Its name; null when that is no text.</param>
/// <param name="Kind">What it is.</param>
/// <param name="SizeBytes">Of a file; else 0.</param>
internal readonly record struct FolderEntry(string? Name, EntryKind Kind, long SizeBytes);
