using System.Runtime.InteropServices;
using System.Text;

namespace IdfKit.Engine.Folders;

/// <summary>
/// Removes a folder with all that a child has left in it, whatever that is: no rights to it, names that are no text, folders in folders
/// without end. Links are removed, not followed. Uses three descriptors, however deep the folders lie: each one that is not empty is
/// moved up first.
/// </summary>
internal sealed unsafe class FolderRemoval
{
    private const int MostPasses = 100_000; // one a level: something that goes on writing is left to the next look
    private const int MostNames = 10_000; // held at once: a child may have left millions

    private readonly int _root;
    private int _moved;

    private FolderRemoval(int root) => _root = root;

    /// <summary>Whether nothing is there any more.</summary>
    public static bool TryRemove(string path)
    {
        if (!OperatingSystem.IsLinux()) return TryRemovePortably(path);
        fixed (byte* native = Native(path)) return TryRemove(FolderCalls.CurrentFolder, native);
    }

    /// <summary>Removes the folders in <paramref name="path"/> whose names are wanted.</summary>
    /// <returns>The names of those that could not be removed.</returns>
    public static IReadOnlyList<string> RemoveFoldersIn(string path, Func<string, bool> isWanted)
    {
        if (!OperatingSystem.IsLinux()) return RemovePortably(path, isWanted);
        var left = new List<string>();
        int folder;
        fixed (byte* native = Native(path)) folder = Open(FolderCalls.CurrentFolder, native, mayFollow: true);
        if (folder < 0) return left;
        foreach (var name in NamesIn(folder))
        {
            var text = Encoding.UTF8.GetString(name.AsSpan(0, name.Length - 1));
            if (!isWanted(text)) continue;
            fixed (byte* native = name)
                if (!TryRemove(folder, native)) left.Add(text);
        }
        _ = FolderCalls.Close(folder);
        return left;
    }

    private static bool TryRemove(int parent, byte* name)
    {
        if (Unlink(parent, name)) return true;
        var root = OpenOwned(parent, name);
        if (root < 0) return IsGone(parent, name);
        var removal = new FolderRemoval(root);
        // What one pass has moved up, the next one empties.
        for (var pass = 0; pass < MostPasses && removal.Thins(root); pass++) continue;
        _ = FolderCalls.Close(root);
        return Unlink(parent, name) || IsGone(parent, name);
    }

    /// <summary>Removes what it can from a folder; whether that was anything.</summary>
    private bool Thins(int folder)
    {
        var hasBegun = false;
        while (true)
        {
            var (names, done) = (NamesIn(folder), 0);
            foreach (var name in names)
            {
                fixed (byte* native = name)
                    if (Unlink(folder, native) || (folder == _root ? Flattens(native) : MovesUp(folder, native))) done++;
            }
            hasBegun |= done > 0;
            if (done == 0 || names.Count < MostNames) return hasBegun;
        }
    }

    /// <summary>Empties a folder of the root, its folders by moving them into the root, and removes it.</summary>
    private bool Flattens(byte* name)
    {
        var folder = OpenOwned(_root, name);
        if (folder < 0) return false;
        var hasBegun = Thins(folder);
        _ = FolderCalls.Close(folder);
        return Unlink(_root, name) || hasBegun;
    }

    private bool MovesUp(int folder, byte* name)
    {
        fixed (byte* free = Native($"idfkit-{Guid.NewGuid():N}-{_moved++}"))
        {
            if (FolderCalls.RenameAt(folder, name, _root, free) == 0) return true;
            OwnersRights.GiveTo(folder, name); // a folder that may not be written to cannot be moved
            return FolderCalls.RenameAt(folder, name, _root, free) == 0;
        }
    }

    /// <summary>Removes a file, a link or an empty folder.</summary>
    private static bool Unlink(int folder, byte* name) =>
        FolderCalls.UnlinkAt(folder, name, 0) == 0 || FolderCalls.UnlinkAt(folder, name, FolderCalls.RemoveFolder) == 0;

    private static bool IsGone(int folder, byte* name) =>
        FileState.Of(folder, name) is null && Marshal.GetLastPInvokeError() == FolderCalls.NotThere;

    private static int OpenOwned(int parent, byte* name)
    {
        OwnersRights.GiveTo(parent, name);
        return Open(parent, name, mayFollow: false);
    }

    private static int Open(int parent, byte* name, bool mayFollow)
    {
        var flags = FolderCalls.ReadOnly | FolderCalls.FolderOnly | FolderCalls.CloseOnExec | (mayFollow ? 0 : FolderCalls.NoFollow);
        return FolderCalls.OpenAt(parent, name, flags, 0);
    }

    /// <summary>Zero-ended. Before any is removed, because a listing does not say what it tells of a folder that changes.</summary>
    private static List<byte[]> NamesIn(int folder)
    {
        var names = new List<byte[]>();
        using var reader = EntryReader.TryOpen(folder);
        if (reader is null) return names;
        for (var name = reader.Next(); name != null && names.Count < MostNames; name = reader.Next())
            names.Add([.. MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name), 0]);
        return names;
    }

    private static byte[] Native(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static bool TryRemovePortably(string path)
    {
        try { Directory.Delete(path, recursive: true); }
        catch (DirectoryNotFoundException) { return true; }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; }
        return true;
    }

    private static List<string> RemovePortably(string path, Func<string, bool> isWanted)
    {
        if (!Directory.Exists(path)) return [];
        var names = Directory.EnumerateDirectories(path).Select(folder => Path.GetFileName(folder)).Where(isWanted).ToList();
        return [.. names.Where(name => !TryRemovePortably(Path.Combine(path, name)))];
    }
}
