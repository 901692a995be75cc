using System.Runtime.InteropServices;

namespace IdfKit.Engine.Folders;

/// <summary>The names in a folder as bytes, which is what they are on Linux.</summary>
internal sealed unsafe class EntryReader : IDisposable
{
    private const int NameAt = 19; // in struct dirent of 64-bit Linux: number, place, length and type come before

    private readonly nint _listing;

    private EntryReader(nint listing) => _listing = listing;

    /// <summary>Null when the folder cannot be listed.</summary>
    public static EntryReader? TryOpen(int folder)
    {
        fixed (byte* itself = "."u8)
        {
            var flags = FolderCalls.ReadOnly | FolderCalls.FolderOnly | FolderCalls.CloseOnExec;
            var descriptor = FolderCalls.OpenAt(folder, itself, flags, 0);
            if (descriptor < 0) return null;
            var listing = FolderCalls.OpenListing(descriptor);
            if (listing != 0) return new(listing);
            _ = FolderCalls.Close(descriptor);
            return null;
        }
    }

    /// <summary>The next name, zero-ended, good until the next call; null when there is none.</summary>
    public byte* Next()
    {
        while (true)
        {
            var entry = FolderCalls.ReadListing(_listing);
            if (entry == null) return null;
            if (!IsDots(entry + NameAt)) return entry + NameAt;
        }
    }

    public void Dispose() => _ = FolderCalls.CloseListing(_listing);

    /// <summary>The folder itself or the one above.</summary>
    private static bool IsDots(byte* name) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name) is [(byte)'.'] or [(byte)'.', (byte)'.'];
}
