using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IdfKit.Storage.Files;

internal enum FileKind
{
    /// <summary>Nothing is there, or the system does not say.</summary>
    Unknown,
    Regular,
    Folder,

    /// <summary>A pipe, a socket or a device.</summary>
    Special,
}

/// <summary>Asks Linux what has a name; .NET tells folders from the rest, and no more.</summary>
internal static partial class FileKinds
{
    private const int CurrentFolder = -100, EmptyPath = 0x1000, TypeOnly = 1;
    private const int ModeOffset = 28, StructBytes = 256;
    private const int TypeBits = 0xf000, RegularBits = 0x8000, FolderBits = 0x4000;

    /// <summary>Links are followed.</summary>
    public static FileKind Of(string place) => OperatingSystem.IsLinux() ? Asked(CurrentFolder, place, 0) : FileKind.Unknown;

    public static FileKind Of(SafeFileHandle file) =>
        OperatingSystem.IsLinux() ? Asked((int)file.DangerousGetHandle(), "", EmptyPath) : FileKind.Unknown;

    private static FileKind Asked(int folder, string place, int flags)
    {
        Span<byte> answer = stackalloc byte[StructBytes];
        try
        {
            if (Statx(folder, place, flags, TypeOnly, ref MemoryMarshal.GetReference(answer)) != 0) return FileKind.Unknown;
        }
        catch (EntryPointNotFoundException)
        {
            return FileKind.Unknown;  // a libc from before 2018
        }
        var mode = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(answer[ModeOffset..])
            : BinaryPrimitives.ReadUInt16BigEndian(answer[ModeOffset..]);
        return (mode & TypeBits) switch
        {
            RegularBits => FileKind.Regular,
            FolderBits => FileKind.Folder,
            _ => FileKind.Special,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte answer);
}
