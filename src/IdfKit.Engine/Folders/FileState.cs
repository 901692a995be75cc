namespace IdfKit.Engine.Folders;

/// <summary>What Linux says of a file (<c>statx</c>).</summary>
internal readonly unsafe struct FileState
{
    private const int TypeBits = 0xf000, FileBits = 0x8000, FolderBits = 0x4000;
    private const int LinksAt = 16, ModeAt = 28, NumberAt = 32, SizeAt = 40, StructBytes = 256;

    private FileState(EntryKind kind, long sizeBytes, ulong number) => (Kind, SizeBytes, Number) = (kind, sizeBytes, number);

    public EntryKind Kind { get; }

    public long SizeBytes { get; }

    /// <summary>What the disk knows it by.</summary>
    public ulong Number { get; }

    /// <summary>Of a name in a folder; a link is told as one. Null when the name is not there, or the system does not say.</summary>
    public static FileState? Of(int folder, byte* name)
    {
        const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
        return Ask(folder, name, NoFollow);
    }

    /// <summary>Of an open file.</summary>
    public static FileState? Of(int descriptor)
    {
        const int EmptyPath = 0x1000; // AT_EMPTY_PATH
        byte none = 0;
        return Ask(descriptor, &none, EmptyPath);
    }

    private static FileState? Ask(int folder, byte* name, int flags)
    {
        const uint Wanted = 0x1 | 0x4 | 0x100 | 0x200; // STATX_TYPE, STATX_NLINK, STATX_INO, STATX_SIZE
        var answer = stackalloc byte[StructBytes];
        if (FolderCalls.Statx(folder, name, flags, Wanted, answer) != 0) return null;
        var type = *(ushort*)(answer + ModeAt) & TypeBits;
        var number = *(ulong*)(answer + NumberAt);
        return type switch
        {
            FileBits when *(uint*)(answer + LinksAt) == 1 => new(EntryKind.File, *(long*)(answer + SizeAt), number),
            FolderBits => new(EntryKind.Folder, 0, number),
            _ => new(EntryKind.Other, 0, number),
        };
    }
}
