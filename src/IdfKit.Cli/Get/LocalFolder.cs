using System.Security.Cryptography;

using IdfKit.Storage;

namespace IdfKit.Cli.Get;

/// <summary>The folder that files are fetched into. What a record calls its files is not trusted: none leads out of it.</summary>
internal sealed class LocalFolder
{
    private readonly string _root;

    public LocalFolder(string path) => _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    public string Shown => _root;

    /// <summary>Where a file goes; null: nowhere in this folder.</summary>
    public string? PathOf(string run, string file)
    {
        var below = run.Length == 0 ? file : StoragePath.Join(run, file);
        if (!StoragePath.IsValid(below) || below.Split('/').Any(IsOddOrHidden)) return null;
        var path = Path.GetFullPath(Path.Combine(_root, below.Replace('/', Path.DirectorySeparatorChar)));
        return path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !PassesLink(path) ? path : null;
    }

    /// <summary>Whether a file is there with just the content that the record says.</summary>
    public static async Task<bool> HoldsAsync(string path, long size, string sha256, CancellationToken cancellationToken)
    {
        var there = new FileInfo(path);
        if (!there.Exists || there.Length != size) return false;
        return await HashAsync(path, cancellationToken) == sha256;
    }

    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private static bool IsOddOrHidden(string part) => IsOdd(part) || IsHidden(part);

    // Names that Windows takes for devices, drives or other folders are none anywhere.
    private static bool IsOdd(string part) => part.IndexOfAny(['\\', ':']) >= 0 || part.EndsWith(' ') && OperatingSystem.IsWindows();

    // No run makes such files, and a shell reads them.
    private static bool IsHidden(string part) => part.StartsWith('.');

    private bool PassesLink(string path)
    {
        for (var at = path; at is not null && at.Length > _root.Length; at = Path.GetDirectoryName(at))
            if (new FileInfo(at).LinkTarget is not null) return true;
        return false;
    }
}
