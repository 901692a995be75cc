using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops.Objects;

/// <summary>
/// For files that may be absent and that the role may not be allowed to read: both are answers. Where a role may not list a folder, S3
/// says of what is not there that it may not be read, so that only the folder's listing tells the two apart.
/// </summary>
internal static class DeniedFiles
{
    private const int MostNames = 10_000;

    /// <summary>Brings the file to <paramref name="localPath"/>.</summary>
    public static async Task<FileLook> LookAsync(
        this IAsyncFileSystem files, string path, string localPath, CancellationToken cancellationToken)
    {
        try { return new(await files.DownloadOrNullAsync(path, localPath, cancellationToken).ConfigureAwait(false), IsDenied: false); }
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return FileLook.Denied; }
    }

    /// <summary>Those right in a folder that match; null when the folder may not be listed.</summary>
    public static async Task<List<string>?> ListOrNullAsync(
        this IAsyncFileSystem files, string folder, string pattern, CancellationToken cancellationToken)
    {
        try
        {
            var found = files.GlobAsync(folder, pattern, cancellationToken).Take(MostNames);
            return await found.ToListAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return null; }
    }

    /// <summary>Whether the file is there and may be read; no other spelling will do. Costs one GET of a byte.</summary>
    public static async Task<bool> IsReadableAsync(this IAsyncFileSystem files, string path, CancellationToken cancellationToken)
    {
        try
        {
            await files.ReadRangeAsync(path, offset: 0, new byte[1], cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound or StorageErrorKind.AccessDenied) { return false; }
    }

    /// <summary>Whether a file that may not be read is there, as its folder's listing says; null when that may not be listed.</summary>
    public static async Task<bool?> IsListedAsync(this IAsyncFileSystem files, ObjectKey key, CancellationToken cancellationToken) =>
        await files.ListOrNullAsync(key.Folder, "*", cancellationToken).ConfigureAwait(false) is { } names
            ? names.Any(name => FileNames.AreAlike(name, key.Value))
            : null;
}

/// <summary>What came of a look for a file.</summary>
/// <param name="Entry">The file, if it was brought here.</param>
/// <param name="IsDenied">Whether it may not be read, or is not there and that may not be known.</param>
internal readonly record struct FileLook(FileEntry? Entry, bool IsDenied)
{
    public static FileLook Denied { get; } = new(null, IsDenied: true);
}
