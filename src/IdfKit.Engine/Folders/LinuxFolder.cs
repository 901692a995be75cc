using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace IdfKit.Engine.Folders;

/// <summary>The same by descriptors, as Linux gives them.</summary>
internal sealed unsafe class LinuxFolder : ChildFolder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static volatile bool _hasOpenBeneath = true;

    private readonly int _folder;
    private bool _isDisposed;

    private LinuxFolder(int folder) => _folder = folder;

    public static new LinuxFolder? TryOpen(string path)
    {
        var flags = FolderCalls.PathOnly | FolderCalls.FolderOnly | FolderCalls.CloseOnExec;
        fixed (byte* native = Native(path)) return Opened(FolderCalls.OpenAt(FolderCalls.CurrentFolder, native, flags, 0));
    }

    public override IEnumerable<FolderEntry> Entries()
    {
        using var reader = Listing();
        while (reader is not null && TryNext(reader, out var entry))
            if (entry is { } there) yield return there;
    }

    public override SafeFileHandle? TryOpenFile(string path)
    {
        var flags = FolderCalls.ReadOnly | FolderCalls.NonBlocking | FolderCalls.NoTerminal;
        var descriptor = Open(path, flags);
        if (descriptor < 0) return null;
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (FileState.Of(descriptor) is { Kind: EntryKind.File }) return file;
        file.Dispose();
        return null;
    }

    public override ChildFolder? TryOpenFolder(string name) => Opened(Open(name, FolderCalls.PathOnly | FolderCalls.FolderOnly));

    public override bool Has(string name)
    {
        fixed (byte* native = Native(name)) return FileState.Of(_folder, native) is { Kind: EntryKind.File };
    }

    public override void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _ = FolderCalls.Close(_folder);
    }

    private EntryReader? Listing()
    {
        if (EntryReader.TryOpen(_folder) is { } reader) return reader;
        OwnersRights.GiveTo(_folder);
        return EntryReader.TryOpen(_folder);
    }

    private static LinuxFolder? Opened(int descriptor) => descriptor < 0 ? null : new(descriptor);

    /// <summary>False at the end; the entry is null when it has just vanished.</summary>
    private bool TryNext(EntryReader reader, out FolderEntry? entry)
    {
        entry = null;
        var name = reader.Next();
        if (name == null) return false;
        if (FileState.Of(_folder, name) is { } state)
            entry = new(Text(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)), state.Kind, state.SizeBytes);
        return true;
    }

    private int Open(string path, int flags)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        flags |= FolderCalls.NoFollow | FolderCalls.CloseOnExec;
        if (_hasOpenBeneath)
        {
            var descriptor = OpenBeneath(path, flags);
            if (descriptor >= 0) return descriptor;
            var isUnknown = Marshal.GetLastPInvokeError() is FolderCalls.NoSuchCall or FolderCalls.NotPermitted; // a sandbox's filter
            if (!isUnknown) return -1;
        }
        return OpenByParts(path, flags);
    }

    private int OpenBeneath(string path, int flags)
    {
        const int MostTries = 16; // the kernel asks for another one when something was renamed meanwhile
        fixed (byte* native = Native(path))
        {
            for (var tried = 0; ; tried++)
            {
                var descriptor = FolderCalls.OpenBeneath(_folder, native, flags);
                var error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
                if (error == FolderCalls.NoSuchCall) _hasOpenBeneath = false;
                if (tried == MostTries || error is not (FolderCalls.Interrupted or FolderCalls.TryAgain)) return descriptor;
            }
        }
    }

    /// <summary>Before Linux 5.6: folder by folder, none of them a link.</summary>
    private int OpenByParts(string path, int flags)
    {
        var parts = path.Split('/');
        if (parts.Any(part => part is "" or "." or "..")) return -1;
        var at = _folder;
        for (var i = 0; i < parts.Length && at >= 0; i++)
        {
            var isLast = i == parts.Length - 1;
            var wanted = isLast ? flags : FolderCalls.PathOnly | FolderCalls.FolderOnly | FolderCalls.NoFollow | FolderCalls.CloseOnExec;
            int next;
            fixed (byte* native = Native(parts[i])) next = FolderCalls.OpenAt(at, native, wanted, 0);
            if (at != _folder) _ = FolderCalls.Close(at);
            at = next;
        }
        return at;
    }

    private static string? Text(ReadOnlySpan<byte> name)
    {
        try { return Strict.GetString(name); }
        catch (DecoderFallbackException) { return null; }
    }

    private static byte[] Native(string text) => Encoding.UTF8.GetBytes(text + '\0');
}
