using System.Globalization;
using System.Text;

namespace IdfKit.Engine.Folders;

/// <summary>Gives this process back the rights that a child has taken from a folder.</summary>
internal static unsafe class OwnersRights
{
    private const uint All = 0b111_000_000;

    /// <summary>To a folder that is open by its path alone, so that no link is followed.</summary>
    public static void GiveTo(int held)
    {
        var opened = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{held}\0");
        fixed (byte* path = Encoding.UTF8.GetBytes(opened)) _ = FolderCalls.ChangeMode(path, All);
    }

    /// <summary>To a folder in a folder; to a link or a file nothing is done.</summary>
    public static void GiveTo(int parent, byte* name)
    {
        var flags = FolderCalls.PathOnly | FolderCalls.FolderOnly | FolderCalls.NoFollow | FolderCalls.CloseOnExec;
        var held = FolderCalls.OpenAt(parent, name, flags, 0);
        if (held < 0) return;
        GiveTo(held);
        _ = FolderCalls.Close(held);
    }
}
